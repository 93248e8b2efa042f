// The components that come with the client library (WEB L7).
export { ConnectionStatus, type ConnectionStatusProps } from "./ConnectionStatus";
export { MultiSubscriptionStatus, type Subscription } from "./MultiSubscriptionStatus";
export { type NotificationType, RealtimeNotification, type RealtimeNotificationProps } from "./RealtimeNotification";
