package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void aStatementWithoutInferenceHasOnlyTheValueOfModels() {
    assertThat(web(Samples.plausible(), Locale.US))
        .contains("id=\"serving-USD\">Value</h1>", "by category of service")
        .doesNotContain("Endpoints <span>", "by what it was used for");
  }

  @Test
  void statesCostPriceAndWhatHadNoTraffic() {
    assertThat(findings(ServingSamples.serving()).lede())
        .isEqualTo(
            "Inference cost 11,541. A million tokens of dialogue-api cost 10.0000, at 25.0\u00a0%"
                + " of its stated capacity. Endpoints without measured traffic cost 1,200.");
  }

  @Test
  void theRowsSumToTheCostOfInference() {
    ServingFindings findings = findings(ServingSamples.serving());
    assertThat(findings.total()).isEqualByComparingTo("11541.45");
    assertThat(findings.usage()).as("unknown for two endpoints").isNull();
    assertThat(web(ServingSamples.serving(), Locale.US))
        .contains("<td>Total</td><td class=\"wide\"></td><td class=\"n\">11,541.45</td>");
  }

  /** The large one stays a row; the two small ones are one row on paper, and two on the web. */
  @Test
  void paperFoldsSmallEndpointsWithoutTraffic() {
    Statement statement =
        Rows.with(
            ServingSamples.serving(),
            "endpoints",
            asleep("i-01", "large", null, "990.00"),
            asleep("i-02", "a8dd51c4dee8", "ads (ctr-v5)", "7.25"),
            asleep("i-03", "b1aa09e7c001", "search (ranker-v7)", "2.50"));
    assertThat(findings(statement).listed())
        .extracting(row -> row.text("endpoint_id"))
        .containsExactly("large");
    assertThat(table(print(statement)))
        .contains("2 endpoints without traffic", ">9.75</td>", ">999.75</td>")
        .doesNotContain("ads (ctr-v5)");
    assertThat(table(web(statement, Locale.US)))
        .contains(">7.25</td>", ">2.50</td>", ">999.75</td>")
        .doesNotContain("2 endpoints without traffic");
  }

  /** The sample has cost of two more months, in which no request was counted. */
  @Test
  void aMonthWithoutTrafficIsNoRowOfTheMonths() {
    assertThat(findings(ServingSamples.serving()).servedMonths())
        .hasSize(11)
        .allSatisfy(month -> assertThat(month.decimalOrNull("requests")).isNotNull());
    assertThat(web(ServingSamples.serving(), Locale.US))
        .contains("<tr><td><time datetime=\"2025-11-01\">")
        .doesNotContain("<tr><td><time datetime=\"2025-10-01\">");
  }

  @Test
  void oneSmallEndpointWithoutTrafficIsARow() {
    Statement statement =
        Rows.with(
            ServingSamples.serving(),
            "endpoints",
            asleep("i-01", "large", null, "990.00"),
            asleep("i-02", "small", null, "7.25"));
    assertThat(findings(statement).folded()).isEmpty();
    assertThat(table(print(statement))).contains(">7.25</td>");
  }

  @Test
  void anEndpointIsNamedInWordsAndItsIdIsInFullNames() {
    Statement statement =
        Rows.with(
            ServingSamples.serving(),
            "endpoints",
            asleep("i-01", "a8dd51c4dee8", "ads (ctr-v5)", "990.00"));
    assertThat(findings(statement).remarks().get(0))
        .endsWith("there are no unit costs: ads (ctr-v5).");
    assertThat(table(print(statement)))
        .contains(">ads (ctr-v5), no traffic<")
        .doesNotContain("a8dd51");
    assertThat(print(statement)).contains("<li>ads (ctr-v5): a8dd51c4dee8</li>");
  }

  private static PrintedRow asleep(String line, String id, @Nullable String name, String cost) {
    return Rows.row(
        "endpoints",
        "line_id",
        "2026-09/search/USD/" + line,
        "endpoint_id",
        id,
        "endpoint_name",
        name,
        "members",
        1,
        "status",
        "no_traffic",
        "cost_shown",
        new BigDecimal(cost),
        "usage_shown",
        BigDecimal.ZERO);
  }

  private static String print(Statement statement) {
    return new Pages(StatementPages.embedded(), Locale.US)
        .print(List.of(statement), StatementStatus.preliminary(1));
  }

  /** Returns the table of endpoints of a page. */
  private static String table(String page) {
    int begin = page.indexOf("<h2>Endpoints <span>");
    return page.substring(begin, page.indexOf("</table>", begin))
        .replaceAll("title=\"[^\"]*\"", "");
  }

  @Test
  void whatWasUsedIsKnownIfItIsKnownOfAllCost() {
    Statement measured =
        Rows.with(ServingSamples.serving(), "endpoints", ServingSamples.measured("n"));
    assertThat(findings(measured).usage()).isEqualByComparingTo("2000");
    assertThat(findings(measured).remarks())
        .containsExactly(
            "No model of a vendor is configured to compare with, so it is the cheapest that the"
                + " company buys: dialogue-api.");
  }

  @Test
  void saysWhyFiguresAreUnknown() {
    assertThat(findings(ServingSamples.serving()).remarks())
        .containsExactly(
            "No traffic was measured, so there are no unit costs: a-batch-endpoin…led-since-june.",
            "Requests were measured but no tokens, so there is no cost of tokens: ranker-api.",
            "Activity of accelerators was not measured, so what was used is unknown: ranker-api,"
                + " (endpoint not named).",
            "Workloads whose labels do not name their endpoint have a row of their own.",
            "No model of a vendor is configured to compare with, so it is the cheapest that the"
                + " company buys: dialogue-api.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "output_weight_by | stated | The configuration says what an output token weighs: chat."
            + "| Die Konfiguration sagt, was ein Ausgabetoken wiegt: chat.",
        "output_weight_by | earlier_seconds | The time of reading and generating was not measured"
            + " this month, so that of earlier months divides the cost of tokens: chat."
            + "| Die Zeit für Lesen und Erzeugen wurde in diesem Monat nicht gemessen, daher teilt"
            + " die früherer Monate die Kosten der Token auf: chat.",
        "output_weight_by | vendor_prices | The time of reading and generating was not measured,"
            + " so input and output weigh as in the prices of the vendor: chat."
            + "| Die Zeit für Lesen und Erzeugen wurde nicht gemessen, daher wiegen Ein- und"
            + " Ausgabe wie in den Preisen des Anbieters: chat.",
        "output_weight_by | default | Neither time nor price says what an output token weighs, so"
            + " it weighs 2.5 input tokens: chat."
            + "| Weder Zeit noch Preis sagt, was ein Ausgabetoken wiegt, daher wiegt es 2,5"
            + " Eingabetoken: chat.",
        "split_by | gateway_estimates | Several models answered, so each bears its part in what the"
            + " gateway estimates: chat."
            + "| Mehrere Modelle antworteten, daher trägt jedes seinen Teil an dem, was das Gateway"
            + " schätzt: chat.",
        "api_later_hours | 3 | For a part of the month the model of the vendor had no price yet, so"
            + " its first price counts: chat."
            + "| Für einen Teil des Monats hatte das Modell des Anbieters noch keinen Preis, daher"
            + " gilt sein erster: chat."
      })
  void saysWhatAFigureRestsOn(String column, String value, String english, String german) {
    Object known = column.endsWith("hours") ? Integer.valueOf(value) : value;
    Statement statement =
        Rows.with(
            ServingSamples.serving(),
            "endpoints",
            Rows.row(
                "endpoints",
                "line_id",
                "n/i-01",
                "endpoint_id",
                "chat",
                "members",
                1,
                "status",
                "measured",
                column,
                known));
    assertThat(findings(statement).remarks()).containsExactly(english);
    assertThat(web(statement, Locale.GERMANY)).contains(german);
  }

  @Test
  void anEstimateIsMarkedAndInNoTotal() {
    PrintedRow estimated =
        Rows.row(
            "endpoints",
            "line_id",
            "n/i-05",
            "endpoint_id",
            "api.openai.com",
            "members",
            1,
            "status",
            "no_cost",
            "estimated_cost_usd",
            new BigDecimal("32.004"),
            "estimated_usd_per_million_tokens",
            new BigDecimal("2.00025"));
    Statement statement =
        Rows.with(ServingSamples.serving(), "endpoints", ServingSamples.measured("n"), estimated);
    assertThat(findings(statement).total()).isEqualByComparingTo("8000");
    assertThat(findings(statement).remarks())
        .contains(
            "No charge is known for the traffic, so its cost is unknown: api.openai.com.",
            "The gateway itself estimates the cost of this traffic; that is no money of a bill, and"
                + " in no total: api.openai.com USD 32.00 (USD 2.0003 per million tokens).");
    assertThat(web(statement, Locale.GERMANY))
        .contains("in keiner Summe: api.openai.com USD 32,00 (USD 2,0003 je Million Token).");
  }

  @Test
  void theTableSaysHowMuchOfItsCapacityAnEndpointAnswersAndHowLongItsAcceleratorsWereActive() {
    assertThat(web(ServingSamples.serving(), Locale.US))
        .contains(
            "<th scope=\"col\" class=\"n wide\">utilised</th>"
                + "<th scope=\"col\" class=\"n wide\">active</th>",
            "<td class=\"n wide\">25.0 %</td><td class=\"n wide\">7.0 %</td>"
                + "<td class=\"n wide\">50.0 %</td>");
    assertThat(web(ServingSamples.serving(), Locale.GERMANY))
        .contains("kostete 10,0000, bei 25,0 % seiner angegebenen Kapazität.");
  }

  @Test
  void namesTheBusiestHourIfNoCapacityIsStated() {
    Statement statement =
        Rows.with(
            ServingSamples.serving(),
            "endpoints",
            Rows.row(
                "endpoints",
                "endpoint_id",
                "chat",
                "members",
                1,
                "cost_shown",
                new BigDecimal("10"),
                "cost_per_million_tokens",
                new BigDecimal("4"),
                "capacity_by",
                "busiest_hour",
                "utilisation",
                new BigDecimal("0.634")));
    assertThat(findings(statement).lede().replace('\u00a0', ' '))
        .endsWith(
            "A million tokens of chat cost 4.0000, at 63.4 % of the rate of its busiest hour.");
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
        .isEqualTo(
            "dialogue-api answers 25.0 % of the tokens that it could; it is cheaper than gpt-4o"
                + " from 50.0 %");
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
    assertThat(new WhereFindings(statement, FIGURES, WORDS).lede().replace('\u00a0', ' '))
        .startsWith(
            "Most of the money went to: Training 68.3 %, Storage 14.5 %, Compute without a");
    assertThat(web(statement, Locale.US))
        .contains("by what it was used for", "<td>Compute without a record</td>")
        .doesNotContain("by category of service</span>");
    assertThat(web(statement, Locale.GERMANY))
        .contains("<td>Rechenleistung ohne Aufzeichnung</td>");
  }
}
