import type { ShopLine } from '#contract/fit-items.ts';
import type { SquareLine } from './square-order.ts';

/** Square gives this name to the only variation of an item. */
const ONLY_VARIATION = 'Regular';
const UNIT: Record<string, string> = {
  METRIC_MILLIGRAM: 'mg',
  METRIC_GRAM: 'g',
  METRIC_KILOGRAM: 'kg',
  IMPERIAL_WEIGHT_OUNCE: 'oz',
  IMPERIAL_POUND: 'lb',
  METRIC_MILLILITER: 'ml',
  METRIC_LITER: 'l',
  GENERIC_FLUID_OUNCE: 'fl oz',
};

export function mapLine(line: SquareLine): ShopLine {
  const { uid, name, quantity, variation_name: variation, base_price_money: price } = line;
  const unit = unitOf(line);
  const modifiers = line.modifiers.map((one) =>
    // 0 means that the guest wants none of it.
    Number.isInteger(one.quantity) && one.quantity >= 1 && one.quantity <= 9_999
      ? { name: one.name || 'No name', quantity: one.quantity }
      : `${one.quantity} × ${one.name}`,
  );
  const isMeasured = unit !== '' && quantity > 0;
  return {
    id: uid,
    name: name || (line.item_type === 'CUSTOM_AMOUNT' ? 'Custom amount' : ''),
    quantity: isMeasured ? 1 : quantity,
    modifiers: [
      ...(isMeasured ? [`${quantity} ${unit}`] : []),
      ...(variation && variation !== ONLY_VARIATION && variation !== name ? [variation] : []),
      ...modifiers,
    ],
    note: line.note,
    allergens: [],
    unitPriceMinor: price ? Math.round(price.amount * (isMeasured ? quantity : 1)) : null,
  };
}

/** What the quantity is measured in; '': pieces. */
function unitOf({ quantity_unit: given }: SquareLine): string {
  const unit = given?.measurement_unit;
  if (!unit) return '';
  const word = unit.weight_unit || unit.volume_unit || unit.length_unit || unit.area_unit || unit.time_unit;
  return (
    unit.custom_unit?.abbreviation ||
    unit.custom_unit?.name ||
    (UNIT[word] ??
      word
        .replace(/^(METRIC|IMPERIAL|GENERIC)_/, '')
        .toLowerCase()
        .replaceAll('_', ' '))
  );
}
