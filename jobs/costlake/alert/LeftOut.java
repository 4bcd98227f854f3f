package costlake.alert;

/** Says how many alerts of a digest a format has no room for. */
final class LeftOut {
  private LeftOut() {}

  /** Returns an empty text if all alerts are shown. */
  static String sentence(AlertMessage message, int shown) {
    int left = message.alerts().size() - shown;
    return left == 0 ? "" : " · " + left + " more: ops.alert_outbox has " + message.messageId();
  }
}
