package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The page about endpoints and tokens, and the main split of the money. */
class ServingPageTest {
  private static final FigureFormat FIGURES = new FigureFormat(Locale.US);
  private static final StatementTexts WORDS = new StatementTexts(Locale.US);

  private static ServingFindings findings(Statement statement) {
    return new ServingFindings(statement, FIGURES, WORDS);
  }

  private static String web(Statement statement, Locale locale) {
    return new Pages(StatementPages.embedded(), locale)
        .web(List.of(statement), StatementStatus.preliminary(1))
        .replace('\u00a0', ' ');
  }

  @Test
  void aStatementWithoutInferenceHasNoSuchPage() {
    assertThat(web(Samples.plausible(), Locale.US))
        .contains("id=\"accelerators-USD\"", "by category of service")
        .doesNotContain("id=\"serving-USD\"", "by what it was used for");
  }

  @Test
  void statesCostPriceAndWhatHadNoTraffic() {
    assertThat(findings(ServingSamples.serving()).lede())
        .isEqualTo(
            "Inference cost 11,541. A million tokens of dialogue-api cost 10.0000, at a utilisation"
                + " of 25.0\u00a0%. Endpoints without measured traffic cost 1,200.");
  }

  @Test
  void theRowsSumToTheCostOfInference() {
    ServingFindings findings = findings(ServingSamples.serving());
    assertThat(findings.total()).isEqualByComparingTo("11541.45");
    assertThat(findings.usage()).as("unknown for two endpoints").isNull();
    assertThat(web(ServingSamples.serving(), Locale.US))
        .contains("<td>Total</td><td class=\"wide\"></td><td class=\"n\">11,541.45</td>");
  }

  @Test
  void whatWasUsedIsKnownIfItIsKnownOfAllCost() {
    Statement measured =
        Rows.with(ServingSamples.serving(), "endpoints", ServingSamples.measured("n"));
    assertThat(findings(measured).usage()).isEqualByComparingTo("2000");
    assertThat(findings(measured).remarks()).isEmpty();
  }

  @Test
  void saysWhyFiguresAreUnknown() {
    assertThat(findings(ServingSamples.serving()).remarks())
        .containsExactly(
            "No traffic was measured, so there are no unit costs: a-batch-endpoin…led-since-june.",
            "Requests were measured but no tokens, so there is no cost of tokens: ranker-api.",
            "Activity of accelerators was not measured, so what was used is unknown: ranker-api,"
                + " (endpoint not named).",
            "Workloads whose labels do not name their endpoint have a row of their own.");
  }

  @Test
  void anEndpointWithoutTrafficIsARowWithItsMoney() {
    assertThat(web(ServingSamples.serving(), Locale.US))
        .contains("-june, no traffic</td>", "<td class=\"n\">1,200.00</td>")
        .contains(">(endpoint not named)</td>");
    assertThat(web(ServingSamples.serving(), Locale.GERMANY)).contains("-june, kein Verkehr<");
  }

  @Test
  void theCurvesOfEndpointAndVendorCrossAtTheBreakEvenUtilisation() {
    BreakEvenChart.Curve curve =
        new BreakEvenChart(FIGURES, WORDS, Chart.WIDTH)
            .chart(ServingSamples.serving().rows("endpoints"));
    assertThat(curve.text().replace('\u00a0', ' '))
        .isEqualTo("dialogue-api is 25.0 % utilised; it is cheaper than gpt-4o from 50.0 %");
    assertThat(curve.today().at().left()).isEqualTo(44 + 0.25 * 628);
    assertThat(curve.even().at().left()).isEqualTo(44 + 0.5 * 628);
    assertThat(curve.even().at().y()).isEqualTo(curve.apiY());
    assertThat(curve.path()).startsWith("M 174.8 18.0 L").contains("L 672.0 141.5");
  }

  @Test
  void anEndpointThatCannotBeCheaperHasNoCrossing() {
    BreakEvenChart.Curve curve = curve("5", "1.25");
    assertThat(curve.even()).isNull();
    assertThat(curve.text()).endsWith("it cannot be cheaper than gpt-4o");
  }

  @Test
  void nothingIsComparedThatHasNoPriceOfAVendor() {
    assertThat(curve(null, null)).isNull();
  }

  private static BreakEvenChart.@Nullable Curve curve(@Nullable String api, @Nullable String even) {
    PrintedRow known = ServingSamples.measured("n");
    return new BreakEvenChart(FIGURES, WORDS, Chart.WIDTH)
        .chart(
            List.of(
                Rows.row(
                    "endpoints",
                    "endpoint_id",
                    "dialogue-api",
                    "cost_per_million_tokens",
                    known.decimal("cost_per_million_tokens"),
                    "usage_cost_per_million_tokens",
                    known.decimal("usage_cost_per_million_tokens"),
                    "utilisation",
                    known.decimal("utilisation"),
                    "api_model",
                    "gpt-4o",
                    "api_cost_per_million_tokens",
                    api == null ? null : new BigDecimal(api),
                    "break_even_utilisation",
                    even == null ? null : new BigDecimal(even))));
  }

  @Test
  void theMainSplitSaysWhatTheMoneyWasUsedFor() {
    Statement statement = ServingSamples.serving();
    assertThat(new StatementFindings(statement, FIGURES, WORDS).where().replace('\u00a0', ' '))
        .startsWith(
            "Most of the money went to: Training 68.3 %, Storage 14.5 %, Compute without a");
    assertThat(web(statement, Locale.US))
        .contains("by what it was used for", "<td>Compute without a record</td>")
        .doesNotContain("by category of service</span>");
    assertThat(web(statement, Locale.GERMANY))
        .contains("<td>Rechenleistung ohne Aufzeichnung</td>");
  }
}
