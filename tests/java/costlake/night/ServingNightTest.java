package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.lake.Outcome;
import costlake.lake.TableName;
import costlake.model.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whole nights on what an engine counted and what a gateway logged. */
@Tag("night")
class ServingNightTest {
  private static final String SOURCES =
      """
        - {id: live, kind: prometheus, location: ../telemetry, cluster: c1, step_s: 300}
        - {id: gw, kind: gateway, location: ../log, columns: {requested_at: at, request_id: id, endpoint_id: route, model_id: model, tenant_id: team, input_tokens: prompt, output_tokens: completion}}
      """;
  private static final String LABELS =
      "\"namespace\":\"ml\",\"pod\":\"llm-0\",\"service\":\"chat\",\"model_name\":\"m\"";

  @TempDir Path folder;

  @Test
  void engineAndGatewayMeetAndACorrectedLogChangesItsDays() throws IOException {
    TinyCompany company = company();
    count(company, "2026-09-14", 100, 10, 6);
    log(company);
    company.night();
    assertThat(hours(company)).containsExactly("2026-09-14|chat|m||100|10|6|engine");

    log(company, request("r1", "a", 60, 5), request("r2", "b", 40, 5));
    company.night();
    assertThat(hours(company))
        .containsExactly("2026-09-14|chat|m|a|60|5|3|both", "2026-09-14|chat|m|b|40|5|3|both");

    log(company, request("r1", "a", 60, 1), request("r2", "b", 40, 2));
    count(company, "2026-09-15", 7, 1, 2);
    NightReport night = company.night();
    assertThat(hours(company))
        .containsExactly(
            "2026-09-14|chat|m|a|60|1|2|both",
            "2026-09-14|chat|m|b|40|2|4|both",
            "2026-09-15|chat|m||7|1|2|engine");
    assertThat(night.outcomes())
        .filteredOn(outcome -> outcome.status() == Outcome.Status.WARNED)
        .extracting(Outcome::subject)
        .anyMatch(subject -> subject.contains("engine_and_gateway_count_the_same_tokens"));
  }

  private TinyCompany company() throws IOException {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.TELEMETRY);
    company.deliver("20");
    company.write(
        "conf/sources.yml",
        Files.readString(company.conf().resolve("sources.yml")) + SOURCES.indent(0));
    return company;
  }

  /** Writes what an engine counted in the first five minutes of a day. */
  private static void count(TinyCompany company, String day, int input, int output, int decodeS) {
    company.write(
        "telemetry/" + day + "/serving-vllm.json",
        "[%s,%s,%s]"
            .formatted(
                series(day, "vllm:prompt_tokens_total", input),
                series(day, "vllm:generation_tokens_total", output),
                series(day, "vllm:request_decode_time_seconds_sum", decodeS)));
  }

  private static String series(String day, String name, int value) {
    long midnight = Instant.parse(day + "T00:00:00Z").getEpochSecond();
    return "{\"metric\":{\"__name__\":\"%s\",%s},\"values\":[[%d,\"0\"],[%d,\"%d\"]]}"
        .formatted(name, LABELS, midnight, midnight + 300, value);
  }

  private static String request(String id, String team, int input, int output) {
    return "2026-09-14T00:01:00Z,%s,chat,m,%s,%d,%d\n".formatted(id, team, input, output);
  }

  private static void log(TinyCompany company, String... requests) {
    company.write(
        "log/2026-09/requests.csv",
        "at,id,route,model,team,prompt,completion\n2026-09-02T00:00:00Z,r0,other,m,a,1,1\n"
            + String.join("", requests));
  }

  /** Day, endpoint, model, tenant, tokens in and out, seconds of decoding, and who measured. */
  private static List<String> hours(TinyCompany company) {
    return company
        .lake()
        .read(new TableName("telemetry", "inference_hours"))
        .where("endpoint_id = 'chat'")
        .selectExpr(
            "concat_ws('|', cast(usage_date as string), endpoint_id, model_id, coalesce(tenant_id, ''),"
                + " cast(cast(input_tokens as int) as string), cast(cast(output_tokens as int) as"
                + " string), cast(cast(decode_s as int) as string), measured_by)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
