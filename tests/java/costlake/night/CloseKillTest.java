package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.close.CloseJournal;
import costlake.close.IssuedStatements;
import costlake.close.MonthClose;
import costlake.config.LakeConfig;
import costlake.core.BillingPeriod;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.IssuedStatement;
import costlake.lake.Lake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a close at every point and runs it again. Each month is closed once; each point has its own
 * month.
 */
@Tag("kill")
class CloseKillTest {
  private static final List<String> POINTS =
      List.of(
          FailPoints.CLOSE_BEGUN,
          FailPoints.CLOSE_GATED,
          FailPoints.CLOSE_RENDERED,
          FailPoints.DECISION_BEFORE_JOURNAL,
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
    List<BillingPeriod> months =
        Stream.iterate(FIRST, BillingPeriod::next).limit(POINTS.size()).toList();
    months.forEach(month -> company.deliverMonth(month.toString()));
    company.deliver("20");
    company.night();
    for (int i = 0; i < months.size(); i++) {
      String point = POINTS.get(i);
      BillingPeriod month = months.get(i);
      Process stopped =
          NightProcess.start(company, List.of("-Dcostlake.failpoint=" + point), month.toString());
      assertThat(stopped.waitFor()).as(point).isEqualTo(FailPoint.HALTED);
      Lake lake = company.lake();
      if (!CloseJournal.of(lake.decided()).inForce().containsKey(month)) {
        MonthClose.of(company.config(), lake, month, Instant.now()).close(List.of(), "test");
      }
      assertThat(CloseJournal.of(lake.decided()).all())
          .as(point)
          .extracting(close -> close.content().period())
          .isEqualTo(months.subList(0, i + 1));
      assertThat(counts(company)).as(point).containsExactly(i + 1L, i + 1L, 2L * (i + 1));
      for (IssuedStatement statement :
          CloseJournal.of(lake.decided()).inForce().get(month).content().statements()) {
        assertThat(IssuedStatements.of(lake, statement.id()).receiverId())
            .isEqualTo(statement.teamId());
      }
    }
    company.night();
    assertThat(counts(company)).containsExactly(10L, 10L, 20L);
  }

  /** Returns the numbers of closes, closed months and statements. */
  private static List<Long> counts(TinyCompany company) {
    SparkSession session = company.session();
    Lake.open(company.config().lake(), session).registerViews(table -> table.startsWith("ops."));
    return List.of(
        session.table("ops.closes").count(),
        session.table("ops.closes").select("period").distinct().count(),
        session.table("ops.statements").select("statement_id").distinct().count()
                == session.table("ops.statements").count()
            ? session.table("ops.statements").count()
            : -1L);
  }
}
