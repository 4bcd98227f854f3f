package costlake.config;

/** The meaning of a delivered column, whatever its name. */
public enum SourceRole {
  /** Day of the charge. */
  DAY,
  /** First instant of the billing period. */
  PERIOD,
  /** Currency of the costs. */
  CURRENCY,
  /** Cost as billed. */
  BILLED,
  /** Amortised cost. */
  EFFECTIVE,
  /** Service provider. */
  PROVIDER,
  /** Billing account. */
  PAYER,
  /** Name of the billing account. */
  PAYER_NAME,
  /** Sub account, which used the service. */
  ACCOUNT,
  /** Name of the sub account. */
  ACCOUNT_NAME,
  /** Tags: a map, or a JSON object. */
  TAGS;

  boolean isTime() {
    return this == DAY || this == PERIOD;
  }
}
