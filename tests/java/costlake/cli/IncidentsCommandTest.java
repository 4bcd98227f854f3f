package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Partitioning;
import costlake.lake.TableName;
import costlake.lake.TableSpec;
import costlake.night.TinyCompany;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Lists, explains and acknowledges the incidents of a lake. */
class IncidentsCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Lake lake() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    Dataset<Row> rows =
        company
            .session()
            .sql(
                """
                select
                    incident_id, 'USD' as billing_currency, team_id, 'price' as subject_kind, cast(null as string) as subject_team_id,
                    'EC2 gpu h' as subject_id, to_date(started_on) as started_on, date_add(started_on, 1) as ended_on,
                    date_add(started_on, 1) as found_on, state, cast(1400 as decimal(38,21)) as cost_above, 'price' as cause, 'EC2' as service,
                    'gpu' as item, cast(4200 as decimal(38,21)) as cost, cast(2800 as decimal(38,21)) as cost_before,
                    array(
                        named_struct('cause', 'price', 'team_id', 'search', 'from_team_id', cast(null as string), 'to_team_id', cast(null as string),
                            'service', 'EC2', 'item', 'gpu', 'resources', array('n1', 'n2'), 'change', cast(1400 as decimal(38,21)))
                    ) as parts
                from values ('2026-09-01-aaa', 'search', '2026-09-01', 'ended'), ('2026-08-01-bbb', 'vision', '2026-08-01', 'open')
                    as listed(incident_id, team_id, started_on, state)
                """);
    TableSpec spec =
        new TableSpec(
            TableName.parse("governance.incidents"),
            rows.schema(),
            Partitioning.whole(),
            Map.of(),
            Set.of());
    Lake lake = company.lake();
    try (NightStage night = lake.begin("night-1")) {
      night.stageAll(spec, rows);
      night.publish(List.of(), Map.of());
    }
    return lake;
  }

  private <T> T parsed(T command, String... options) {
    new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options);
    return command;
  }

  @Test
  void listsOpenIncidentsFirstAndSaysWhyOneHappened() {
    Lake lake = lake();
    parsed(new IncidentsCommand(), "--format", "csv").list(lake);
    assertThat(out)
        .hasToString(
            """
            incident,state,started_on,ended_on,found_on,owner,currency,cost_above,cause,item,shown_by
            2026-08-01-bbb,open,2026-08-01,2026-08-02,2026-08-02,vision,USD,1400,price,gpu,price EC2 gpu h
            2026-09-01-aaa,ended,2026-09-01,2026-09-02,2026-09-02,search,USD,1400,price,gpu,price EC2 gpu h
            """);
    out.getBuffer().setLength(0);
    IncidentsCommand one = parsed(new IncidentsCommand(), "--format", "csv");
    one.explain(lake, "2026-09-01-aaa");
    assertThat(out)
        .hasToString(
            """
            cause,team,from,to,service,item,resources,change
            price,search,,,EC2,gpu,n1 n2,1400
            """);
    assertThat(err.toString())
        .contains("2026-09-01 to 2026-09-02, found on 2026-09-02: USD 1400 above the expectation");
    assertThatThrownBy(() -> one.explain(lake, "2026-09-01-aab"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("There is no incident '2026-09-01-aab'.")
        .hasMessageContaining("2026-09-01-aaa");
  }

  @Test
  void anAcknowledgementIsInForceAtOnceAndNeedsAReason() {
    Lake lake = lake();
    parsed(new IncidentsAcknowledgeCommand(), "2026-08-01-bbb", "--why", "new contract")
        .acknowledge(lake);
    out.getBuffer().setLength(0);
    parsed(new IncidentsCommand(), "--format", "csv", "--team", "vision").list(lake);
    assertThat(out.toString()).contains("2026-08-01-bbb,acknowledged,").doesNotContain("search");
    lake.registerViews("ops.incident_decisions"::equals);
    assertThat(SparkSession.active().table("ops.incident_decisions").collectAsList())
        .extracting(row -> row.getAs("incident_id") + " " + row.getAs("reason"))
        .containsExactly("2026-08-01-bbb new contract");
    assertThatThrownBy(
            () ->
                parsed(new IncidentsAcknowledgeCommand(), "2026-08-01-bbb", "--why", " ")
                    .acknowledge(lake))
        .hasMessage("Cannot acknowledge without a reason. Give one with --why.");
    assertThatThrownBy(
            () -> parsed(new IncidentsAcknowledgeCommand(), "x", "--why", "y").acknowledge(lake))
        .hasMessageContaining("There is no incident 'x'.");
  }
}
