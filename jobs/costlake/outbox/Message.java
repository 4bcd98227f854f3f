package costlake.outbox;

/** What is sent at most once. */
public interface Message {
  /** Returns the id, which every run gives to the same message. */
  String messageId();
}
