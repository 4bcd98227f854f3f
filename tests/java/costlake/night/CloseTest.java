package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.build.ConfigurationViews;
import costlake.close.CloseJournal;
import costlake.close.Gate;
import costlake.close.IssuedStatements;
import costlake.close.MonthChange;
import costlake.close.MonthClose;
import costlake.config.Config;
import costlake.config.LakeConfig;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.core.IssuedStatement;
import costlake.core.Progress;
import costlake.decide.Decision;
import costlake.explain.Explain.Subject;
import costlake.explain.ExplanationStep;
import costlake.lake.NightStage;
import costlake.model.Layer;
import costlake.model.Models;
import costlake.report.StatementDocument;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Closes, restates, re-opens and closes a month again. */
@Tag("night")
class CloseTest {
  private static final BillingPeriod SEPTEMBER = BillingPeriod.parse("2026-09");
  private static final String FIRST = "2026-09/search/USD/1";
  private static final String STATED =
      "select concat_ws(' ', date_format(billing_month, 'yyyy-MM'),"
          + " date_format(correction_of_month, 'yyyy-MM'), team_id, round(sum(billed_cost), 2))"
          + " from economics.statement_costs group by billing_month, correction_of_month, team_id"
          + " order by 1";
  private static final String UNSTATED =
      "select concat_ws(' ', billing_month, charged, stated) from (select billing_month,"
          + " sum(billed_cost) as charged from economics.billed_months group by all) full join"
          + " (select coalesce(correction_of_month, billing_month) as billing_month,"
          + " sum(billed_cost) as stated from economics.statement_costs group by all) using"
          + " (billing_month) where charged is distinct from stated";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void keepsAStatementWhateverComesAfterIt(LakeConfig.Format format) {
    TinyCompany company = new TinyCompany(folder, format);
    company.deliver("20");
    company.night();
    Decision<MonthChange> close =
        month(company, company.config()).close(List.of("a = b  # test"), "tester");
    assertThat(close.content().statements())
        .extracting(IssuedStatement::id)
        .containsExactly("2026-09/platform/USD/1", FIRST);
    assertThat(close.content().statements())
        .extracting(s -> s.total().stripTrailingZeros().toPlainString())
        .containsExactly("6.6", "60.75");
    byte[] sent = IssuedStatements.of(company.lake(), FIRST).pdf();
    byte[] whole = IssuedStatements.groups(company.lake(), close).get(0).pdf();

    company.deliver("21.5");
    company.write(
        "conf/owners.yml",
        """
        last_resort: {team: platform}
        teams:
          - {id: platform, name: Platform}
          - {id: search, name: Discovery}
        """);
    company.night();
    assertThat(company.ask(STATED))
        .containsExactly(
            "2026-09 platform 6.60", "2026-09 search 60.75", "2026-10 2026-09 search 1.50");
    assertThat(company.ask(UNSTATED)).isEmpty();
    assertThat(
            company.ask(
                "select concat_ws(' ', line_id, name, correction_of_month, cost_shown) from"
                    + " reporting.statement_lines where billing_month = '2026-10-01' and breakdown"
                    + " = 'bridge' and team_id is not null"))
        .containsExactly("2026-10/search/USD/b-01 correction 2026-09 2026-09-01 1.50");
    assertThat(
            company.ask(
                "select concat_ws(' ', team_id, total_shown) from reporting.statements"
                    + " where billing_month = '2026-09-01' and receiver_kind = 'team' order by 1"))
        .containsExactly("platform 6.60", "search 60.75");
    assertThat(
            company.ask(
                "select concat_ws(' ', breakdown, sum(change_shown), sum(if(basis = 'correction',"
                    + " change_shown, 0))) from reporting.statement_changes where team_id = 'search'"
                    + " and billing_month = '2026-10-01' group by breakdown order by 1"))
        .as("October against September, of which the two months' corrections")
        .containsExactly("effect -59.25 3.00", "item -59.25 3.00");
    maintain(company);
    assertThat(IssuedStatements.of(company.lake(), FIRST).pdf())
        .as("after a restatement, a new name of the team, and maintenance")
        .isEqualTo(sent);
    assertThat(IssuedStatements.groups(company.lake(), close).get(0).pdf())
        .as("the company")
        .isEqualTo(whole);

    reopensBesideIt(company, sent);
  }

  private static void reopensBesideIt(TinyCompany company, byte[] sent) {
    MonthClose month = month(company, company.config());
    month.reopen("a day was restated", List.of(), "tester");
    assertThat(failure(() -> month.close(List.of(), "tester")))
        .satisfies(e -> assertThat(e.family()).isEqualTo(Failure.Family.DATA))
        .hasMessageContaining("night: publication")
        .hasMessageContaining("re-opened: run 'costlake night' first");
    company.night();
    assertThat(company.ask(STATED))
        .containsExactly("2026-09 platform 6.60", "2026-09 search 62.25");
    Decision<MonthChange> again = month.close(List.of("a = c  # test"), "tester");
    IssuedStatement second = again.content().statements().get(1);
    assertThat(second.id()).isEqualTo("2026-09/search/USD/2");
    assertThat(second.supersedes()).isEqualTo(FIRST);
    assertThat(second.total()).isEqualByComparingTo("62.25");
    assertThat(IssuedStatements.of(company.lake(), FIRST).pdf()).isEqualTo(sent);
    assertThat(IssuedStatements.of(company.lake(), second.id()).pdf()).isNotEqualTo(sent);
    assertThat(
            company.ask(
                "select concat_ws(' ', period, close_number, act, reason, actor, configuration)"
                    + " from ops.closes order by act_number"))
        .containsExactly(
            "2026-09 1 closed tester a = b  # test",
            "2026-09 1 reopened a day was restated tester ",
            "2026-09 2 closed tester a = c  # test");
    assertThat(
            company.ask(
                "select concat_ws(' ', statement_id, number, close_number, round(total_cost, 2),"
                    + " supersedes) from ops.statements order by 1"))
        .containsExactly(
            "2026-09/platform/USD/1 1 1 6.60",
            "2026-09/platform/USD/2 2 2 6.60 2026-09/platform/USD/1",
            "2026-09/search/USD/1 1 1 60.75",
            "2026-09/search/USD/2 2 2 62.25 2026-09/search/USD/1");
    company.until(Layer.ECONOMICS).night();
    assertThat(company.ask(UNSTATED)).isEmpty();
  }

  @Test
  void aTeamThatMovesLeavesItsClosedMonthsWithTheCostCentreItWasIn() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.DELTA);
    company.write("conf/owners.yml", owners("20"));
    company.deliver("20");
    company.night();
    Decision<MonthChange> close = month(company, company.config()).close(List.of(), "tester");
    List<String> printed =
        IssuedStatements.groups(company.lake(), close).stream()
            .map(StatementDocument::contentHash)
            .toList();
    company.write("conf/owners.yml", owners("30"));
    company.deliverMonth("2026-10");
    company.night();
    assertThat(
            company.ask(
                "select concat_ws(' ', date_format(billing_month, 'yyyy-MM'), receiver_id,"
                    + " total_shown) from reporting.statements where receiver_kind ="
                    + " 'cost_centre'"))
        .containsExactlyInAnyOrder(
            "2026-09 centre.10 6.60",
            "2026-09 centre.20 60.75",
            "2026-10 centre.10 6.60",
            "2026-10 centre.30 60.75");
    assertThat(
            company.ask(
                "select concat_ws(' ', date_format(billing_month, 'yyyy-MM'), cost_centre) from"
                    + " reporting.statements where team_id = 'search'"))
        .containsExactlyInAnyOrder("2026-09 20", "2026-10 30");
    assertThat(
            company.ask(
                "select distinct concat_ws(' ', date_format(billing_month, 'yyyy-MM'), receiver_id)"
                    + " from reporting.statement_value where receiver_kind = 'cost_centre'"))
        .as("a page of working")
        .containsExactlyInAnyOrder("2026-09 centre.20", "2026-10 centre.30");
    ExplanationStep line = company.explain("2026-09/centre.20/USD/b-01", Subject.ANY);
    assertThat(line.money()).isEqualByComparingTo("60.75");
    assertThat(line.text()).contains("team search");
    assertThat(IssuedStatements.groups(company.lake(), close))
        .extracting(StatementDocument::contentHash)
        .isEqualTo(printed);
  }

  private static String owners(String costCentreOfSearch) {
    return """
        last_resort: {team: platform}
        teams:
          - {id: platform, name: Platform, cost_centre: "10"}
          - {id: search, name: Search, cost_centre: "%s"}
        """
        .formatted(costCentreOfSearch);
  }

  @Test
  void refusesWhatMustNotBeClosed() throws Exception {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.deliverMonth("2026-07");
    company.deliverMonth("2026-08");
    company.deliver("20");
    company.night();
    company.write(
        "invoices.csv",
        "billing_month,invoice_id,currency,amount\n2026-09,I-1,USD,60.75\n2026-09,,USD,6.6\n");
    Config strict =
        config(
            company,
            Map.of(
                "close.unowned_cost_ratio_max",
                "0.05",
                "close.invoices",
                company.file("invoices.csv").toString()));
    assertThat(month(company, strict).ofInputs(inputs(strict)).preview())
        .as("the night has not read the invoices, which statements print")
        .extracting(gate -> gate.name() + " " + gate.passed())
        .containsExactly(
            "night false", "deliveries true", "invoices false", "unowned false", "telemetry true");
    assertThat(failure(() -> month(company, strict).close(List.of(), "tester")))
        .satisfies(e -> assertThat(e.family()).isEqualTo(Failure.Family.DATA))
        .hasMessageContaining("invoice I-1 is USD 60.75, but its charges are USD 0")
        .hasMessageContaining("unowned: USD 6.6 unowned, 9.8 %; at most 5.0 %");
    MonthClose november = at(company, company.config(), "2026-11", "2026-11-30T23:59:59Z");
    assertRefused(november::preview, "Cannot close 2026-11: it ends at 2026-12-01T00:00:00Z");
    MonthClose october = at(company, company.config(), "2026-10", "2026-12-01T00:00:00Z");
    assertThat(october.preview())
        .filteredOn(gate -> !gate.passed())
        .extracting(Gate::figures)
        .containsExactly("0 of 2 bills: aws-payer delivered nothing, azure delivered nothing");
    assertThat(CloseJournal.of(company.lake().decided()).all())
        .as("after refusals and previews")
        .isEmpty();

    MonthClose july = at(company, company.config(), "2026-07", "2026-12-01T00:00:00Z");
    assertThat(july.excludedMonths()).isEmpty();
    assertThat(month(company, company.config()).excludedMonths())
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains(
                        "once 2026-09 is closed, 2026-07 to 2026-08 (2 months) can no longer be"
                            + " closed, unless 2026-09 is re-opened first",
                        "close 2026-07 first"));
    july.close(List.of(), "tester");
    assertThat(month(company, company.config()).excludedMonths())
        .as("closing it is refused from here on, so that it shuts nothing out")
        .isEmpty();
    assertRefused(() -> july.close(List.of(), "tester"), "Cannot close 2026-07 twice");
    assertRefused(
        () -> month(company, company.config()).close(List.of(), "tester"), "Close 2026-08 first");
    at(company, company.config(), "2026-08", "2026-12-01T00:00:00Z").close(List.of(), "tester");
    assertRefused(() -> july.reopen("late", List.of(), "tester"), "Re-open 2026-08 first");
    assertRefused(
        () -> at(company, company.config(), "2026-06", "2026-12-01T00:00:00Z").preview(),
        "2026-08 is closed already");

    company.write("blocked", "a file where a folder should be");
    assertRefused(
        () ->
            IssuedStatements.of(company.lake(), "2026-08/search/USD/1")
                .write(company.file("blocked")),
        "Cannot write the statement to");
    assertRefused(
        () -> IssuedStatements.of(company.lake(), "2026-08/search/USD/2"), "Cannot find statement");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(Failure.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(((Failure) e).family()).isEqualTo(Failure.Family.OPERATOR));
  }

  private static Failure failure(Runnable call) {
    try {
      call.run();
    } catch (Failure e) {
      return e;
    }
    throw new AssertionError("nothing was refused");
  }

  private static Config config(TinyCompany company, Map<String, String> more) {
    Map<String, String> sets = new HashMap<>(more);
    sets.put("lake.format", company.config().lake().format().name().toLowerCase(Locale.ROOT));
    sets.put("lake.root", company.config().lake().root());
    return Config.load(company.conf(), null, sets);
  }

  private static Map<String, String> inputs(Config config) {
    return ConfigurationViews.digests(config, Models.embedded().compile());
  }

  private static MonthClose month(TinyCompany company, Config config) {
    return MonthClose.of(config, company.lake(), SEPTEMBER, Instant.now());
  }

  private static MonthClose at(TinyCompany company, Config config, String period, String now) {
    return MonthClose.of(config, company.lake(), BillingPeriod.parse(period), Instant.parse(now));
  }

  private static void maintain(TinyCompany company) {
    try (NightStage night = company.lake().begin("maintenance")) {
      Instant later = Instant.now().plus(Duration.ofDays(400));
      assertThat(night.maintenance().run(company.config().maintenance(), later, Progress.SILENT))
          .isNotEmpty();
    }
  }
}
