package costlake.quota;

import costlake.config.Quota;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A quota with its limit in force. */
record QuotaInForce(Quota quota, Quota.Limit limit) {
  String id() {
    return quota.id();
  }

  String team() {
    return quota.scope().team();
  }

  /** The accelerator model; null for all accelerators together. */
  @Nullable String model() {
    return quota.scope().acceleratorModel();
  }

  boolean limits(Quota.Measure measure) {
    return quota.measure() == measure;
  }

  /** Returns the limit without needless zeros. */
  BigDecimal amount() {
    return new BigDecimal(limit.amount().stripTrailingZeros().toPlainString());
  }

  /** Returns the sentence that an enforcer does not get the quota. */
  String leftOut(String enforcer, String why) {
    return "Left out of %s: quota '%s' (%s): %s.".formatted(enforcer, id(), quota.subject(), why);
  }

  /** Returns the sentence that an enforcer gets a part of the quota. */
  String partly(String enforcer, String how) {
    return "%s gets quota '%s' (%s) %s.".formatted(enforcer, id(), quota.subject(), how);
  }
}
