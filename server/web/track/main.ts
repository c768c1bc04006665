import '#renderer/styles/tokens.css';
import '../customer/customer.css';
