package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.close.CloseJournal;
import costlake.close.IssuedStatements;
import costlake.close.MonthChange;
import costlake.close.MonthClose;
import costlake.config.LakeConfig;
import costlake.core.BillingPeriod;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.IssuedStatement;
import costlake.decide.Decision;
import costlake.lake.Lake;
import costlake.model.Layer;
import costlake.report.StatementDocument;
import costlake.testing.KillPoints;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a close at every point and runs it again. Each month is closed once. Each point after the
 * decision has its own month.
 */
@Tag("kill")
class CloseKillTest {
  private static final List<String> UNDECIDED =
      List.of(
          FailPoints.CLOSE_BEGUN,
          FailPoints.CLOSE_GATED,
          FailPoints.CLOSE_RENDERED,
          FailPoints.DECISION_BEFORE_JOURNAL);
  private static final List<String> DECIDED =
      List.of(
          FailPoints.DECISION_AFTER_JOURNAL,
          FailPoints.CLOSE_AFTER_FIRST_PIN,
          FailPoints.CLOSE_PINNED,
          FailPoints.DECISION_AFTER_FIRST_TABLE,
          FailPoints.DECISION_BEFORE_RECORDED,
          FailPoints.DECISION_AFTER_RECORDED);
  private static final BillingPeriod FIRST = BillingPeriod.parse("2025-11");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void closesAMonthOnceWhereverItWasStopped(LakeConfig.Format format) throws Exception {
    TinyCompany company = new TinyCompany(folder, format);
    List<String> decided = KillPoints.ofThisRun(DECIDED);
    List<BillingPeriod> months =
        Stream.iterate(FIRST, BillingPeriod::next).limit(1 + decided.size()).toList();
    months.forEach(month -> company.deliverMonth(month.toString()));
    company.deliver("20");
    company.night();
    for (String point : undecided(format)) {
      stop(company, point, FIRST);
      assertThat(CloseJournal.of(company.lake().decided()).all()).as(point).isEmpty();
    }
    closeIfOpen(company, FIRST);
    isClosedOnce(company, months.subList(0, 1));
    for (int i = 0; i < decided.size(); i++) {
      stop(company, decided.get(i), months.get(i + 1));
      closeIfOpen(company, months.get(i + 1));
      isClosedOnce(company, months.subList(0, i + 2));
    }
    // This night recovers the last close, and has nothing to build.
    company.until(Layer.TELEMETRY).night();
    assertThat(counts(company)).isEqualTo(closed(months.size()));
  }

  /** Before the decision, nothing is written to a table, so one format shows these points. */
  private static List<String> undecided(LakeConfig.Format format) {
    return format == LakeConfig.Format.ICEBERG ? UNDECIDED : List.of();
  }

  private static void stop(TinyCompany company, String point, BillingPeriod month)
      throws Exception {
    Process stopped =
        NightProcess.start(company, List.of("-Dcostlake.failpoint=" + point), month.toString());
    assertThat(stopped.waitFor()).as(point).isEqualTo(FailPoint.HALTED);
  }

  /** Closes a month as an operator who runs the command again. */
  private static void closeIfOpen(TinyCompany company, BillingPeriod month) {
    Lake lake = company.lake();
    if (!CloseJournal.of(lake.decided()).inForce().containsKey(month)) {
      MonthClose.of(company.config(), lake, month, Instant.now()).close(List.of(), "test");
    }
  }

  /** Checks that these months are closed, and that the statements of the last can be printed. */
  private static void isClosedOnce(TinyCompany company, List<BillingPeriod> months) {
    Lake lake = company.lake();
    BillingPeriod last = months.get(months.size() - 1);
    assertThat(CloseJournal.of(lake.decided()).all())
        .extracting(close -> close.content().period())
        .isEqualTo(months);
    assertThat(counts(company)).as("%s", last).isEqualTo(closed(months.size()));
    Decision<MonthChange> close = CloseJournal.of(lake.decided()).inForce().get(last);
    assertThat(IssuedStatements.of(lake, close, Optional.empty()))
        .extracting(StatementDocument::receiverId)
        .containsExactlyElementsOf(
            close.content().statements().stream().map(IssuedStatement::teamId).toList())
        .hasSize(2);
  }

  private static List<Long> closed(long months) {
    return List.of(months, months, 2 * months);
  }

  /** Returns the numbers of closes, closed months and statements. */
  private static List<Long> counts(TinyCompany company) {
    SparkSession session = company.views(Set.of("ops.closes", "ops.statements")::contains);
    return List.of(
        session.table("ops.closes").count(),
        session.table("ops.closes").select("period").distinct().count(),
        session.table("ops.statements").select("statement_id").distinct().count()
                == session.table("ops.statements").count()
            ? session.table("ops.statements").count()
            : -1L);
  }
}
