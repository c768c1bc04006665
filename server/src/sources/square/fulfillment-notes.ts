import {
  dueAt,
  type SquareAddress,
  type SquareDetails,
  type SquareFulfillment,
  type SquareOrder,
} from './square-order.ts';

const TYPE: Record<string, string> = {
  PICKUP: 'Pickup',
  DELIVERY: 'Delivery',
  SHIPMENT: 'Shipment',
  IN_STORE: 'In store',
};

/**
 * What the fulfillments of an order say that has no field of ours, in lines for its note. With several, each says what it is
 * and which items go with it.
 */
export function fulfillmentNotes(
  fulfillments: readonly SquareFulfillment[],
  { line_items: lines }: SquareOrder,
  timeZone: string,
): string[] {
  const nameOf = (uid: string) => lines.find((line) => line.uid === uid)?.name || 'No name';
  return fulfillments.flatMap(({ type, details, entries }) => {
    const own = detailLines(type, details);
    if (fulfillments.length === 1) return own;
    const title = [TYPE[type] ?? type, timeOf(details, timeZone)].filter(Boolean).join(' ');
    return [title, ...entries.map((one) => `- ${one.quantity} × ${nameOf(one.line_item_uid)}`), ...own];
  });
}

function detailLines(type: string, details: SquareDetails): string[] {
  const { recipient, curbside_pickup_details: curbside } = details;
  const isSent = type !== 'PICKUP' && type !== 'IN_STORE';
  const place = isSent && recipient?.address ? addressLine(recipient.address) : '';
  const span = details.pickup_window_duration || details.delivery_window_duration;
  const courier = [details.courier_provider_name, details.courier_support_phone_number].filter(Boolean).join(', ');
  return [
    details.note,
    place && `Deliver to: ${place}`,
    details.dropoff_notes,
    details.is_no_contact_delivery ? 'Deliver without contact' : '',
    courier && `Courier: ${courier}`,
    curbside ? `Curbside: ${curbside.curbside_details || 'bring it to the car'}` : '',
    span && `Time window: ${durationText(span)}`,
    details.shipping_note,
    details.shipping_type,
  ].filter(Boolean);
}

const addressLine = (address: SquareAddress): string =>
  [
    address.address_line_1,
    address.address_line_2,
    address.address_line_3,
    `${address.postal_code} ${address.locality}`.trim(),
  ]
    .filter(Boolean)
    .join(', ');

function timeOf(details: SquareDetails, timeZone: string): string {
  const at = dueAt(details);
  if (!Number.isFinite(at)) return '';
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
}

/** An ISO 8601 duration in words, such as `1 h 30 min`; as it came, if it is not one of days, hours and minutes. */
function durationText(duration: string): string {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/.exec(duration);
  const parts = ['d', 'h', 'min'].flatMap((unit, i) => (found?.[i + 1] ? `${found[i + 1]} ${unit}` : []));
  return parts.join(' ') || duration;
}
