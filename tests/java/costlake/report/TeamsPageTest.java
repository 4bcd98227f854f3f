package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.report.Statement.Receiver;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the statement of several teams says about each of them. */
class TeamsPageTest {
  private static final FigureFormat FIGURES = new FigureFormat(Locale.US);
  private static final StatementTexts WORDS = new StatementTexts(Locale.US);
  private static final String SITE = "default-src 'none'";

  private static Statement company(String total, PrintedRow... lines) {
    return company(total, "2026-09-30", lines);
  }

  private static Statement company(String total, String billedUntil, PrintedRow... lines) {
    Statement.Head head =
        new Statement.Head(
            LocalDate.parse("2026-09-01"),
            new Receiver("company", "company.all", "Example"),
            "USD",
            null,
            "Example",
            "finops@example.com",
            LocalDate.parse("2026-10-15"),
            LocalDate.parse(billedUntil),
            new BigDecimal(total),
            new BigDecimal("341.00"),
            new BigDecimal(total),
            null,
            null);
    return Rows.statement(head, Map.of("lines", List.of(lines)));
  }

  private static PrintedRow line(
      String breakdown, String ref, String name, String cost, String previous) {
    return Rows.row(
        "lines",
        "breakdown",
        breakdown,
        "position",
        Integer.parseInt(ref.substring(2)),
        "line_id",
        "2026-09/company.all/USD/" + ref,
        "name",
        name,
        "members",
        name == null ? 3 : 1,
        "effective_cost",
        new BigDecimal(cost),
        "cost_shown",
        new BigDecimal(cost),
        "previous_shown",
        previous == null ? null : new BigDecimal(previous),
        "share_ratio",
        new BigDecimal("0.5"));
  }

  private static PrintedRow cell(int team, int use, String usedFor, String cost) {
    return Rows.row(
        "team_uses",
        "position",
        team,
        "use_position",
        use,
        "line_id",
        "2026-09/company.all/USD/t-0%d0%d".formatted(team, use),
        "name",
        team == 1 ? "search" : null,
        "team_name",
        team == 1 ? "Search & Ranking" : null,
        "members",
        team == 1 ? 1 : 3,
        "used_for",
        usedFor,
        "effective_cost",
        new BigDecimal(cost),
        "cost_shown",
        new BigDecimal(cost));
  }

  private static PrintedRow use(int position, String usedFor, String cost) {
    return Rows.row(
        "uses",
        "position",
        position,
        "line_id",
        "2026-09/company.all/USD/f-0" + position,
        "used_for",
        usedFor,
        "effective_cost",
        new BigDecimal(cost),
        "cost_shown",
        new BigDecimal(cost));
  }

  private static Statement withUses(PrintedRow... further) {
    List<PrintedRow> lines = new ArrayList<>();
    lines.add(line("team", "t-01", "search", "300.00", "248.00"));
    lines.add(line("team", "t-02", null, "60.00", "93.00"));
    lines.addAll(List.of(further));
    Statement statement = company("360.00", lines.toArray(PrintedRow[]::new));
    Statement used =
        Rows.with(statement, "uses", use(1, "training", "310.00"), use(2, "storage", "50.00"));
    return Rows.with(
        used,
        "team_uses",
        cell(1, 1, "training", "300.00"),
        cell(1, 2, "storage", "0.00"),
        cell(2, 1, "training", "10.00"),
        cell(2, 2, "storage", "50.00"));
  }

  private static TeamTable table(Statement statement) {
    return new TeamTable(statement, FIGURES, WORDS);
  }

  private static String page(Statement statement, SiteParts site) {
    Pages pages = new Pages(StatementPages.embedded(), Locale.US);
    return site == null
        ? pages.web(List.of(statement), StatementStatus.preliminary(1))
        : pages.site(List.of(statement), StatementStatus.preliminary(1), site);
  }

  /** Neither the company nor the team has a month before: 300 in 10 days are 30 a day. */
  @Test
  void dividesAnUnfinishedMonthByTheDaysThatAreBilled() {
    Statement statement =
        company("300.00", "2026-09-10", line("team", "t-01", "search", "300.00", null));
    assertThat(statement.perDay()).isEqualByComparingTo("30");
    assertThat(table(statement).rows().get(0).perDay()).isEqualByComparingTo("30");
  }

  /** 300 in 30 days are 10 a day, 248 in 31 days are 8. */
  @Test
  void comparesTheCostOfADay() {
    TeamTable.TeamRow search = table(withUses()).rows().get(0);
    assertThat(search.perDay()).isEqualByComparingTo("10");
    assertThat(search.rise()).isEqualByComparingTo("2");
    assertThat(table(withUses()).finding())
        .isEqualTo(
            "Search & Ranking costs most: 50.0\u00a0% of the total. The cost of a day rose most at"
                + " Search & Ranking: +2.");
  }

  @Test
  void linksTeamsOnASiteOnly() {
    String link = "<a href=\"../search/index.html\">Search &amp; Ranking</a>";
    SiteParts site = new SiteParts(SITE, "", null, null);
    assertThat(page(withUses(), site)).contains(link);
    assertThat(page(withUses(), null)).doesNotContain(link).contains("Search &amp; Ranking");
  }

  /** Of at most 300, 10 and 50 have the first of five shades, 300 the last. */
  @Test
  void shadesCellsFromLightToDark() {
    List<TeamTable.TeamRow> rows = table(withUses()).rows();
    assertThat(rows.stream().flatMap(row -> row.cells().stream()))
        .extracting(TeamTable.Cell::step)
        .containsExactly(5, 0, 1, 1);
    assertThat(table(withUses()).shades())
        .extracting(TeamTable.Shade::upTo)
        .containsExactly("60", "120", "180", "240", "300");
    assertThat(page(withUses(), null))
        .contains("<td class=\"n heat5\" id=\"2026-09/company.all/USD/t-0101\">300.00</td>")
        .contains("id=\"2026-09/company.all/USD/t-0102\">–</td>");
  }

  @Test
  void statesWhatNobodyOwns() {
    PrintedRow owned = line("owner", "n-01", "owned", "355.00", null);
    PrintedRow nobodys = line("owner", "n-02", "last_resort", "5.00", null);
    assertThat(table(withUses(owned, nobodys)).nobodys()).isEqualByComparingTo("5.00");
    assertThat(table(withUses(owned)).nobodys()).isEqualByComparingTo("0.00");
    assertThat(table(withUses()).nobodys()).isNull();
    assertThat(page(withUses(owned, nobodys), null)).contains("of it nobody’s");
    assertThat(page(withUses(), null)).doesNotContain("of it nobody’s");
  }

  @Test
  void saysNothingToTheCompanyThatOnlyATeamUnderstands() {
    PrintedRow pool =
        Rows.row(
            "pools",
            "position",
            1,
            "line_id",
            "2026-09/company.all/USD/k-01",
            "pool_id",
            "support",
            "pool_name",
            "Support",
            "driver",
            "cost",
            "units",
            new BigDecimal("400"),
            "all_units",
            new BigDecimal("400"),
            "pool_shown",
            new BigDecimal("10.00"),
            "share_shown",
            new BigDecimal("10.00"));
    String text = page(Rows.with(withUses(), "pools", pool), null);
    assertThat(text).contains("What was split over the teams").contains("0.0250");
    assertThat(Stream.of("your units", "Your part", "yours")).noneMatch(text::contains);
  }
}
