package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.report.TeamPriceFindings.TeamPrice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What an accelerator-hour costs each team, on the page of the company. */
class TeamPricesTest {
  private static final List<String> FIGURES =
      List.of(
          "list_price",
          "contracted_price",
          "paid_price",
          "committed_ratio",
          "spot_ratio",
          "provisioned_hours",
          "node_idle_hours",
          "workload_idle_hours",
          "cost_per_active_hour");

  private static final PrintedRow VISION =
      accelerator("H100", "10", "9.5", "9", "0.1", "0.2", "100", "30", "10", "18").ofTeam("Vision");
  private static final PrintedRow SEARCH =
      accelerator("H100", "10", "9", "4", "0.75", "0.05", "200", "0", "20", "6").ofTeam("Search");
  private static final PrintedRow ALL =
      accelerator("H100", "10", "9.2", "5.7", "0.53", "0.1", "300", "30", "30", "9");

  private static TeamPriceFindings findings(Statement statement) {
    return new TeamPriceFindings(
        statement, new FigureFormat(Locale.US), new StatementTexts(Locale.US));
  }

  private static Statement company(PrintedRow... teams) {
    Statement company = Rows.with(Samples.company(), "accelerators", ALL);
    return Rows.with(company, "team_accelerators", teams);
  }

  /** 9.00 - 4.00 = 5.00, of which contracts are 0.50 and commitments -0.50 + 5.00 = 4.50. */
  @Test
  void saysWhichTeamsPayMostAndLeastAndTheLargestReason() {
    TeamPriceFindings findings = findings(company(SEARCH, VISION));
    assertThat(findings.reasons())
        .extracting(reason -> reason.replace('\u00a0', ' '))
        .containsExactly(
            "An hour of H100 costs USD 9.0000 for Vision, and 4.0000 for Search. Largest reason:"
                + " commitments cover 10.0 % of the hours of Vision, and 75.0 % of those of"
                + " Search.",
            "An hour of work of H100 costs USD 18.0000 for Vision, where 40.0 % of the hours are"
                + " idle, and 6.0000 for Search, where 10.0 % are.");
  }

  @Test
  void namesSpotOrMachinesIfTheyMakeMostOfTheDifference() {
    PrintedRow spot =
        accelerator("H100", "10", "3", "3", "0", "1", "1", null, null, null).ofTeam("Ads");
    PrintedRow small =
        accelerator("H100", "4", "4", "4", "0", "0", "1", null, null, null).ofTeam("Data");
    assertThat(findings(company(VISION, spot)).reasons().get(0).replace('\u00a0', ' '))
        .endsWith("20.0 % of the hours of Vision are spot, 100.0 % of those of Ads.");
    assertThat(findings(company(VISION, small)).reasons().get(0))
        .endsWith("other machines or regions, 10.0000 an hour by list against 4.0000.");
  }

  @Test
  void theRowsAreTheDearestTeamFirstAndTheCompanyLastAndSharesSumToOne() {
    List<TeamPrice> rows = findings(company(SEARCH, VISION)).rows();
    assertThat(rows).extracting(TeamPrice::team).containsExactly("Vision", "Search", null);
    assertThat(rows)
        .extracting(row -> row.committed().add(row.spot()).add(row.onDemand()))
        .allSatisfy(sum -> assertThat(sum).isEqualByComparingTo("1"));
    assertThat(rows.get(0).idle()).isEqualByComparingTo("0.4");
  }

  @Test
  void aModelOfOneTeamOrWithoutAPriceIsNotCompared() {
    assertThat(findings(company(SEARCH)).rows()).isEmpty();
    PrintedRow unknown =
        accelerator("H100", null, null, null, null, null, "1", null, null, null).ofTeam("Ads");
    assertThat(findings(company(SEARCH, unknown)).rows()).isEmpty();
  }

  @Test
  void modelsAreInTheOrderOfTheirCostAndTheFirstOneLeads() {
    PrintedRow dear =
        accelerator("A100", "1", "1", "1", "0", "0", "1", null, null, null).ofTeam("Ads");
    PrintedRow cheap =
        accelerator("A100", "0.5", "0.5", "0.5", "0", "0", "1", null, null, null).ofTeam("Data");
    PrintedRow both = accelerator("A100", "0.7", "0.7", "0.7", "0", "0", "2", null, null, null);
    Statement company = Rows.with(Samples.company(), "accelerators", ALL, both);
    TeamPriceFindings findings =
        findings(Rows.with(company, "team_accelerators", SEARCH, VISION, cheap, dear));
    assertThat(findings.rows())
        .extracting(TeamPrice::team)
        .containsExactly("Vision", "Search", null, "Ads", "Data", null);
    assertThat(findings.reasons()).hasSize(3);
    assertThat(findings.leading()).isEqualTo(findings.reasons().subList(0, 2));
  }

  @Test
  void whatIsNotMeasuredIsUnknownAndNoReason() {
    PrintedRow billed =
        accelerator("H100", "10", "9", "8", null, null, "5", null, "0", null).ofTeam("Ads");
    TeamPriceFindings findings = findings(company(SEARCH, billed));
    TeamPrice unmeasured = findings.rows().get(0);
    assertThat(unmeasured.idle()).isNull();
    assertThat(unmeasured.onDemand()).isNull();
    assertThat(unmeasured.active()).isNull();
    assertThat(findings.reasons()).hasSize(1);
  }

  @Test
  void printsTheTableOnlyOfSeveralTeams() {
    assertThat(web(company(SEARCH, VISION)))
        .contains("What an hour costs, by team", "<td>Vision</td><td class=\"n\">9.0000</td>");
    assertThat(web(company(SEARCH))).doesNotContain("What an hour costs, by team");
  }

  private static String web(Statement statement) {
    return new Pages(StatementPages.embedded(), Locale.US)
        .web(List.of(statement), StatementStatus.preliminary(1));
  }

  /** Returns the row of an accelerator with its figures, in the order of {@link #FIGURES}. */
  private static PrintedRow accelerator(String model, String... figures) {
    Object[] row = new Object[8 + 2 * figures.length];
    System.arraycopy(
        new Object[] {
          "line_id",
          "2026-09/search/USD/a-01",
          "accelerator_model",
          model,
          "is_billed_only",
          false,
          "cost_shown",
          BigDecimal.ONE
        },
        0,
        row,
        0,
        8);
    for (int i = 0; i < figures.length; i++) {
      row[8 + 2 * i] = FIGURES.get(i);
      row[9 + 2 * i] = figures[i] == null ? null : new BigDecimal(figures[i]);
    }
    return Rows.row("accelerators", row);
  }
}
