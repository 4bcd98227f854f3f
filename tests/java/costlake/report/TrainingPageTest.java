package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page of training and the life of models. */
class TrainingPageTest {
  private static final FigureFormat FIGURES = new FigureFormat(Locale.US);
  private static final StatementTexts WORDS = new StatementTexts(Locale.US);
  private static final Statement STATEMENT = Samples.plausible();

  private static String text(Statement statement) {
    return new Pages(StatementPages.embedded(), Locale.US)
        .web(List.of(statement), StatementStatus.preliminary(1))
        .replaceAll("(?s)<style>.*?</style>", " ")
        .replaceAll("<[^>]*>", " ")
        .replaceAll("\\s+", " ");
  }

  private static TrainingFindings findings(Statement statement) {
    return new TrainingFindings(statement, FIGURES, WORDS);
  }

  @Test
  void theRunsSumToTheirTotalAndWithWhatNoRunHasToTheTotalOfTheTable() {
    assertThat(findings(STATEMENT).lede())
        .isEqualTo(
            "28 runs cost USD 117,673; 26,731 of it, 22.7\u00a0%, went into work that was lost.");
    assertThat(text(STATEMENT))
        .contains("All runs 39 attempts 117,673.21 7,325.20 26,730.92")
        .contains("Workloads that several runs claim 310.12 – –")
        .contains("Workloads that no run claims 7,420.88 – –")
        .contains("Runs and workloads without a run 125,404.21")
        .contains("One attempt has no cost joined to it")
        .contains("learning rate search ranker-weekly 3 – 104,514.67 104,514.67 26,420.42")
        .contains("dialogue-laptop 14 September 2026 – no record names its workload or resource");
  }

  @Test
  void theOutcomesOfAttemptsAreWordsToo() {
    RunStrips strips = new RunStrips(STATEMENT.rows("attempts"), FIGURES, WORDS);
    List<PrintedRow> runs = STATEMENT.rows("runs");
    RunStrips.Strip strip = strips.of(runs.get(0));
    assertThat(strip.text()).isEqualTo("pre-empted, failed, completed");
    assertThat(strip.marks())
        .extracting(Chart.Mark::fill)
        .containsExactly("#0b5d5e", "#b4541a", "#b4541a", "#0b5d5e");
    assertThat(strip.marks().get(1).title()).isEqualTo("Attempt 1: work that was lost, 12.5 hours");
    assertThat(strips.of(runs.get(3)).text()).isEqualTo("end unknown");
    assertThat(strips.of(runs.get(5))).as("the other runs").isNull();
  }

  @Test
  void manyAttemptsAreCounted() {
    List<PrintedRow> stretches =
        List.of(stretch(1, "preempted"), stretch(2, "preempted"), stretch(3, "completed"));
    assertThat(new RunStrips(stretches, FIGURES, WORDS).of(Rows.row("runs", "run_id", "a")).text())
        .isEqualTo("2\u00a0×\u00a0pre-empted, completed");
  }

  private static PrintedRow stretch(int attempt, String status) {
    return Rows.row(
        "attempts",
        "run_id",
        "a",
        "attempt",
        attempt,
        "stretch_kind",
        "kept",
        "status",
        status,
        "from_ratio",
        BigDecimal.ZERO,
        "until_ratio",
        BigDecimal.ONE);
  }

  @Test
  void wasteThatNoSourceStatesIsUnknownNotZero() {
    Statement unknown =
        Rows.with(
            STATEMENT,
            "runs",
            Rows.row("runs", "part", "run", "members", 1, "cost_shown", new BigDecimal("8.00")));
    assertThat(findings(unknown).lede())
        .isEqualTo("One run cost USD 8; how much of it was wasted is not known.");
    Statement none = Rows.with(STATEMENT, "runs");
    assertThat(findings(none).lede()).isEqualTo("No cost is joined to a run.");
    assertThat(text(none)).contains("Training and experiments", "dialogue-laptop");
  }

  @Test
  void aPageWithoutRowsDoesNotAppear() {
    assertThat(text(Samples.single())).doesNotContain("Training and experiments");
  }

  @Test
  void theScatterNamesTheBestAndTheMostExpensiveRun() {
    MetricChart.Scatter scatter =
        new MetricChart(FIGURES, WORDS, Chart.WIDTH).chart(STATEMENT.rows("run_metrics"));
    assertThat(scatter.text())
        .isEqualTo(
            "ranker-2026w37 reached the best ndcg, 0.8467, for 39,004; the most expensive run,"
                + " ranker-2026w36, reached 0.8412 for 48,211");
    assertThat(scatter.axis()).isEqualTo("ndcg, higher is better");
    assertThat(scatter.dots()).hasSize(20);
    assertThat(scatter.dots().stream().filter(dot -> !dot.label().text().isEmpty())).hasSize(2);
    MetricChart.Dot best = scatter.dots().get(1);
    assertThat(scatter.dots())
        .allSatisfy(dot -> assertThat(dot.at().top()).isGreaterThanOrEqualTo(best.at().top()));
  }

  @Test
  void ofAMetricThatIsBetterIfLowerTheLowestIsTheBest() {
    PrintedRow good = metric("good", "0.1", "5.00");
    PrintedRow bad = metric("bad", "0.9", "9.00");
    assertThat(new MetricChart(FIGURES, WORDS, Chart.WIDTH).chart(List.of(bad, good)).text())
        .startsWith("good reached the best loss, 0.1, for 5;");
    assertThat(new MetricChart(FIGURES, WORDS, Chart.WIDTH).chart(List.of(good))).isNull();
  }

  private static PrintedRow metric(String run, String value, String cost) {
    return Rows.row(
        "run_metrics",
        "run_id",
        run,
        "metric_name",
        "loss",
        "metric_better",
        "lower",
        "metric_value",
        new BigDecimal(value),
        "cost_to_date_shown",
        new BigDecimal(cost));
  }

  @Test
  void theLifeOfAModelMarksTheMonthInWhichInferenceOvertookTraining() {
    LifeChart.Lives lives =
        new LifeChart(FIGURES, WORDS, LocalDate.parse("2026-09-01"), Chart.WIDTH)
            .chart(STATEMENT.rows("model_life"), STATEMENT.rows("life_months"));
    assertThat(lives.text())
        .isEqualTo(
            "ranking-v7: inference overtook training in July 2026; attribution-v2: training still"
                + " costs more than inference");
    assertThat(lives.panels()).hasSize(2);
    LifeChart.Panel first = lives.panels().get(0);
    assertThat(first.crossing().text()).isEqualTo("overtaken in Jul 2026");
    assertThat(first.training().split(" ", -1)).hasSize(9);
    assertThat(lives.panels().get(1).crossing()).isNull();
    assertThat(text(STATEMENT))
        .contains("attribution-v2 30,000.00 90,400.00 22,010.00 120.00 not yet")
        .contains("asr-small 4,426.04 – 8,120.00 120.00 no training known");
  }

  @Test
  void aSavingThatIsUnknownIsNotInTheTotalAndAPageSaysSo() {
    assertThat(findings(STATEMENT).spot())
        .isEqualTo("The price saved 32,165; 24,960 of it remain after repeated work");
    assertThat(text(STATEMENT))
        .contains("Total of what is known 29,210.00 61,375.00 32,165.00 7,205.20 24,959.80")
        .contains("20,110.00 50,275.00 by contracted price, by list price 30,165.00")
        .contains("only runs whose saving is known")
        .contains("embed-20260901 3 310.00 – – – –");
  }

  @Test
  void capacityWithoutASpotPriceSavedNothing() {
    Statement standard =
        Rows.with(
            STATEMENT,
            "spot",
            Rows.row(
                "spot",
                "members",
                1,
                "saving_gross_shown",
                new BigDecimal("0.00"),
                "saving_net_shown",
                new BigDecimal("-1819.45")));
    assertThat(findings(standard).spot())
        .isEqualTo(
            "Spot capacity saved nothing against the price on demand; repeated work cost 1,819");
  }
}
