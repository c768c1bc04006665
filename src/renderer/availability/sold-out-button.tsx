import { Button } from '../shared/button.tsx';
import { useScreen, useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import { sendChange } from './send-change.ts';
import { useAvailability } from './use-availability.ts';

/** Beside an item on the sheet: its dish is sold out for today, or is back on. Closes the sheet; the strip shows it. */
export function SoldOutButton({ name }: { name: string }) {
  const screen = useScreen();
  const { t } = useText();
  const takes = useAvailability();
  if (!takes) return null;
  const out = takes.unavailable.some((dish) => dish.name === name);
  const toggle = () => {
    void sendChange(screen, 'setSoldOut', { name, soldOut: !out, until: 'day_end' });
    screen.ui.setState({ sheet: null });
  };
  return (
    <Button className={buttons.beside} mark="sold-out" onClick={toggle}>
      {t(out ? 'take.backOn' : 'take.soldOut')}
      <span className="sr-only">, {name}</span>
    </Button>
  );
}
