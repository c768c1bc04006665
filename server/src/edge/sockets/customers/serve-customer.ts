import { CustomerCancel } from '#contract/public-order.ts';
import type { Service } from '../../../service.ts';
import { type Handler, handleMessages } from '../messages.ts';
import type { CustomerSocket } from './customer-namespace.ts';

/** Answers `cancel` of one customer (contract, section 6). */
export function serveCustomer(
  socket: CustomerSocket,
  {
    service,
    count,
    onFailure,
  }: { service: Pick<Service, 'customers'>; count: () => void; onFailure: (error: unknown) => void },
): void {
  const cancel: Handler = async (payload, ack) => {
    count();
    const { orderId, reason } = CustomerCancel.parse(payload);
    ack(await service.customers.cancel(socket.data.customer, orderId, reason));
  };
  handleMessages(socket, { inOrder: { cancel }, atOnce: {} }, onFailure);
}
