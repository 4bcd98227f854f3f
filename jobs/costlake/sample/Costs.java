package costlake.sample;

import java.math.BigDecimal;

/** The four costs of a charge, as FOCUS defines them. */
record Costs(BigDecimal billed, BigDecimal effective, BigDecimal list, BigDecimal contracted) {
  static final Costs NONE =
      new Costs(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  static Costs all(BigDecimal cost) {
    return new Costs(cost, cost, cost, cost);
  }

  Costs plus(Costs other) {
    return new Costs(
        billed.add(other.billed),
        effective.add(other.effective),
        list.add(other.list),
        contracted.add(other.contracted));
  }
}
