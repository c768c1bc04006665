import { Component, type ReactNode } from 'react';
import type { Ticket } from '#contract/ticket.ts';
import css from './ticket-card.module.css';
import head from './ticket-head.module.css';

interface Props {
  ticket: Ticket;
  sentence: string;
  children: ReactNode;
}
interface State {
  ticket: Ticket;
  failed: boolean;
}

/**
 * Keeps a ticket that fails to render from taking down the others: shows its number and a sentence until a push replaces it.
 * A class, because React has no other way to catch an error of a child.
 */
export class TicketBoundary extends Component<Props, State> {
  override state: State = { ticket: this.props.ticket, failed: false };

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  static getDerivedStateFromProps({ ticket }: Props, state: State): Partial<State> | null {
    return ticket === state.ticket ? null : { ticket, failed: false };
  }

  override componentDidCatch(error: unknown): void {
    console.error(`ticket ${this.props.ticket.order.id}`, error);
  }

  override render(): ReactNode {
    const { ticket, sentence, children } = this.props;
    if (!this.state.failed) return children;
    return (
      <article className={`${css.ticket} ${css.broken}`} data-testid="ticket" data-order-id={ticket.order.id}>
        <h3 className={head.number}>{ticket.order.number}</h3>
        <p>{sentence}</p>
      </article>
    );
  }
}
