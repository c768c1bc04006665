/** Guests' names and their notes, in letters that every screen of ours can show. */
export const NAMES = [
  'ნინო ბერიძე',
  'Giorgi K.',
  'მარიამ',
  'Levan',
  'თამარ გელაშვილი',
  'Нино Беридзе',
  'Алексей',
  'Дарья Ким',
  'Олена',
  'ญาดา',
  'สมชาย ใจดี',
  'Wang Xiaoming',
  'Li Na',
  'Sakura',
  'Kim Min-jun',
  'ليلى حداد',
  'محمد',
  'נועה',
  'Արամ',
  'Anna Schmidt',
  'José Álvarez',
  'Zoë',
  'Søren',
  'Thị Hương Nguyễn',
  'Ifeoma',
  'Ana',
  'Maximilian von und zu Hohenlohe-Langenburg',
];

export const ORDER_NOTES = [
  'Please no plastic cutlery',
  'Extra napkins',
  'Birthday: candle on the dessert',
  'პური ცალკე, გთხოვთ',
  'Позвоните, когда будет готово',
  'Separate bags, please',
  'In a hurry, train at 20:40',
];
export const DELIVERY_NOTES = [
  'Ring the bell twice',
  'Call on arrival, the bell is broken',
  'Entrance from the yard, 3rd floor',
  'Leave at the door',
  'Не звонить, спит ребёнок',
  'კოდი 42#, მე-5 სართული',
];
export const BOOKING_NOTES = [
  'Window table',
  'Two high chairs',
  'Anniversary',
  'One vegetarian',
  'Quiet corner, please',
];
export const ITEM_NOTES = [
  'sauce on the side',
  'cut in half',
  'for the child, not hot',
  'as crisp as you can',
  'без лука',
];

export const CANCEL_REASONS = [
  'The guest changed their mind',
  'No courier found',
  'The guest did not answer',
  'Ordered twice',
];
export const REJECT_REASONS = ['Sold out', 'Address is out of reach'];
