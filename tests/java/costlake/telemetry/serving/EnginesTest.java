package costlake.telemetry.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The lists of engines. */
class EnginesTest {
  private static final String ENGINES =
      """
      engine,endpoint,namespace,pod,model,version,parts,checked_with,source
      mine,app,ns,pod,,,pod reason,documentation,
      """;
  private static final String METRICS = "engine,measure,series,aliases,only,except,factor,unit\n";

  @Test
  void anEngineHasOneQueryForAllItsNames() {
    Engines engines =
        Engines.read(
            ENGINES,
            METRICS
                + "mine,requests,m_done_total,m_finished,,reason=error,1,requests\n"
                + "mine,queue_s,m_wait_ms_sum,,,,0.001,ms\n");

    assertThat(engines.metrics(Map.of()).all())
        .hasSize(1)
        .allSatisfy(
            metric -> {
              assertThat(metric.file()).isEqualTo("serving-mine");
              assertThat(metric.promql())
                  .isEqualTo(
                      "{__name__=~\"m_done(_total)?|m_finished(_total)?|m_wait_ms_(sum|count|bucket)\","
                          + " le=~\"|[+]Inf\"}");
            });
  }

  @Test
  void aWrongEntryIsNamedWithItsLine() {
    refuses(METRICS + "other,requests,s,,,,1,1\n", "line 2", "has no such engine");
    refuses(METRICS + "mine,speed,s,,,,1,1\n", "measure cannot be 'speed'. Allowed: requests,");
    refuses(METRICS + "mine,requests,s,,,,many,1\n", "the factor is not a number");
    refuses(METRICS + "mine,requests,s,,le=1,,1,1\n", "'only' must be LABEL=VALUE|VALUE");
    refuses(
        METRICS + "mine,requests,s,,,,1,1\nmine,requests,t,,,,1,1\n",
        "serving_metrics.csv, line 3",
        "the engine has the measure in a line above");
    assertThatThrownBy(
            () -> Engines.read(ENGINES + ENGINES.lines().toList().get(1) + "\n", METRICS))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("serving_engines.csv, line 3")
        .hasMessageContaining("'mine' is listed twice");
  }

  private static void refuses(String metrics, String... why) {
    assertThatThrownBy(() -> Engines.read(ENGINES, metrics))
        .isInstanceOf(Failure.class)
        .message()
        .contains(why);
  }
}
