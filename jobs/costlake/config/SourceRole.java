package costlake.config;

/** What a column of a delivered relation is to Costlake, whatever it is called. */
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
  /** Who sells. */
  PROVIDER,
  /** Account that pays. */
  PAYER,
  /** Its name. */
  PAYER_NAME,
  /** Account that uses. */
  ACCOUNT,
  /** Its name. */
  ACCOUNT_NAME,
  /** Tags: a map, or a JSON object. */
  TAGS;

  boolean isTime() {
    return this == DAY || this == PERIOD;
  }
}
