package costlake.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Splits changes that can be worked out by hand. */
class CostChangeTest {
  private static final LocalDate DAY = LocalDate.of(2026, 9, 1);

  private static CostLine line(
      String team, String sku, @Nullable String commitment, String resource, int hours, int cost) {
    return new CostLine(
        DAY,
        CostLine.Kind.USAGE,
        team,
        "EC2",
        sku,
        "h",
        commitment,
        resource,
        null,
        null,
        BigDecimal.valueOf(hours),
        BigDecimal.valueOf(cost));
  }

  private static CostChange change(List<CostLine> before, List<CostLine> after) {
    return CostChange.of(before, after, Payers.of(before), Payers.of(after));
  }

  private static List<String> parts(List<CostLine> before, List<CostLine> after) {
    CostChange change = change(before, after);
    assertThat(
            change.parts().stream().map(CausePart::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(change.cost().subtract(change.costBefore()));
    return change.parts().stream()
        .map(
            part ->
                String.join(
                    " ",
                    part.cause().toString(),
                    String.valueOf(part.owner()),
                    String.valueOf(part.item()),
                    part.amount().stripTrailingZeros().toPlainString()))
        .toList();
  }

  /** Ten hours at 5 instead of 4: the price. Five hours more at the price of before: the volume. */
  @Test
  void aPriceCountsForAllHoursOfNowAndTheVolumeAtThePriceOfBefore() {
    assertThat(
            parts(
                List.of(line("a", "gpu", null, "r", 5, 20)),
                List.of(line("a", "gpu", null, "r", 10, 50))))
        .containsExactly("VOLUME a gpu 20", "PRICE a gpu 10");
  }

  /** More hours of a cheap SKU lower the average price of the service, but no price. */
  @Test
  void usageThatMovesBetweenSkusIsMixAndNoPrice() {
    assertThat(
            parts(
                List.of(
                    line("a", "big", null, "r", 10, 100), line("a", "small", null, "s", 10, 20)),
                List.of(line("a", "big", null, "r", 4, 40), line("a", "small", null, "s", 34, 68))))
        .containsExactly("MIX a EC2 -12");
  }

  /** Ten hours lose a commitment that had 6 instead of 10: 40. Two hours more are volume. */
  @Test
  void aDeletedCommitmentIsCoverage() {
    assertThat(
            parts(
                List.of(line("a", "gpu", "sp", "r", 10, 60), line("a", "gpu", null, "r", 5, 50)),
                List.of(line("a", "gpu", null, "r", 17, 170))))
        .containsExactly("COVERAGE a gpu 40", "VOLUME a gpu 20");
  }

  @Test
  void moreUsageWithoutCommitmentIsVolume() {
    assertThat(
            parts(
                List.of(line("a", "gpu", "sp", "r", 10, 60), line("a", "gpu", null, "r", 5, 50)),
                List.of(line("a", "gpu", "sp", "r", 10, 60), line("a", "gpu", null, "r", 25, 250))))
        .containsExactly("VOLUME a gpu 200");
  }

  /** One node replaces another; two more are new. */
  @Test
  void aReplacedNodeIsNotNew() {
    assertThat(
            parts(
                List.of(line("a", "gpu", null, "n1", 10, 40), line("a", "gpu", null, "n2", 10, 40)),
                List.of(
                    line("a", "gpu", null, "n1", 10, 40),
                    line("a", "gpu", null, "n3", 10, 40),
                    line("a", "gpu", null, "n4", 10, 40),
                    line("a", "gpu", null, "n5", 10, 40))))
        .containsExactly("NEW a gpu 80");
    assertThat(
            parts(
                List.of(line("a", "gpu", null, "n1", 10, 40), line("a", "gpu", null, "n2", 10, 40)),
                List.of(line("a", "gpu", null, "n1", 10, 40))))
        .containsExactly("ENDED a gpu -40");
  }

  /** The team that paid before can act, e.g. set the tag again. */
  @Test
  void aResourceThatAnotherTeamPaysIsHandedOver() {
    List<CostLine> before = List.of(line("a", "gpu", null, "n1", 10, 40));
    List<CostLine> after = List.of(line("b", "gpu", null, "n1", 11, 44));
    assertThat(parts(before, after)).containsExactly("HAND_OVER a null 44", "HAND_OVER a null -40");
    assertThat(CostChange.of(List.of(), after, Payers.of(before), Payers.of(after)).parts())
        .singleElement()
        .satisfies(part -> assertThat(part.resources()).containsExactly("n1"));
  }

  @Test
  void partsAddUpExactlyWhateverChanges() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      parts(any(random), any(random));
    }
  }

  private static List<CostLine> any(Random random) {
    return IntStream.range(0, random.nextInt(30))
        .mapToObj(
            i ->
                line(
                    "t" + random.nextInt(3),
                    "sku" + random.nextInt(3),
                    random.nextBoolean() ? "sp" : null,
                    "r" + random.nextInt(6),
                    1 + random.nextInt(70),
                    1 + random.nextInt(1000)))
        .toList();
  }
}
