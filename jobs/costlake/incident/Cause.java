package costlake.incident;

/** Why cost changed. */
public enum Cause {
  /** The same usage at another price. */
  PRICE,
  /** Usage moved into a commitment, or out of one. */
  COVERAGE,
  /** More or less usage of the same resources. */
  VOLUME,
  /** Usage moved between SKUs of a service. */
  MIX,
  /** Resources that were not there before. */
  NEW,
  /** Resources that are no longer there. */
  ENDED,
  /** More or less of machines was not used. */
  IDLE,
  /** More or less of a commitment was not used. */
  UNUSED_COMMITMENT,
  /** Another team pays for the same resources. */
  HAND_OVER,
  /** Credits, taxes, fees, shared cost, and usage without a quantity. */
  OTHER
}
