import type { SquareDetails, SquareFulfillment, SquareOrder } from './square-order.ts';

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
  return fulfillments.flatMap(({ type, details, entries }) => [
    ...(fulfillments.length > 1 ? [[TYPE[type] ?? type, timeOf(details, timeZone)].filter(Boolean).join(' ')] : []),
    ...(fulfillments.length > 1
      ? entries.map(
          ({ line_item_uid: uid, quantity }) =>
            `- ${quantity} × ${lines.find((line) => line.uid === uid)?.name || 'No name'}`,
        )
      : []),
    ...detailLines(type, details),
  ]);
}

function detailLines(type: string, details: SquareDetails): string[] {
  const { recipient, curbside_pickup_details: curbside } = details;
  const address = recipient?.address;
  const place = address
    ? [
        address.address_line_1,
        address.address_line_2,
        address.address_line_3,
        `${address.postal_code} ${address.locality}`.trim(),
      ]
        .filter(Boolean)
        .join(', ')
    : '';
  const span = details.pickup_window_duration || details.delivery_window_duration;
  const courier = [details.courier_provider_name, details.courier_support_phone_number].filter(Boolean).join(', ');
  return [
    details.note,
    type === 'PICKUP' || type === 'IN_STORE' || place === '' ? '' : `Deliver to: ${place}`,
    details.dropoff_notes,
    details.is_no_contact_delivery ? 'Deliver without contact' : '',
    courier && `Courier: ${courier}`,
    curbside ? `Curbside: ${curbside.curbside_details || 'bring it to the car'}` : '',
    span && `Time window: ${durationText(span)}`,
    details.shipping_note,
    details.shipping_type,
  ].filter(Boolean);
}

const timeOf = (details: SquareDetails, timeZone: string): string => {
  const at = Date.parse(details.pickup_at || details.deliver_at || details.expected_shipped_at);
  return Number.isFinite(at)
    ? new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)
    : '';
};

/** An ISO 8601 duration in words, such as `1 h 30 min`; as it came, if it is not one of days, hours and minutes. */
function durationText(duration: string): string {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/.exec(duration);
  const parts = ['d', 'h', 'min'].flatMap((unit, i) => (found?.[i + 1] ? `${found[i + 1]} ${unit}` : []));
  return parts.join(' ') || duration;
}
