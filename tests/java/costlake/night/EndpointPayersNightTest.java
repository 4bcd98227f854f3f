package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.explain.Explain.Subject;
import costlake.explain.ExplanationStep;
import costlake.lake.Outcome;
import costlake.lake.TableName;
import costlake.testing.Duck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs nights of a company without Kubernetes: a vLLM on two EC2 machines behind LiteLLM, and the
 * API of a vendor behind another gateway, whose invoice comes later.
 */
@Tag("night")
class EndpointPayersNightTest {
  private static final String SOURCES =
      """
      sources:
        - {id: aws-payer, kind: aws-cur, location: ../exports/aws}
        - {id: litellm, kind: litellm, location: ../logs/litellm}
        - id: portkey
          kind: gateway
          location: ../logs/portkey
          columns: {requested_at: at, endpoint_id: host, model_id: model, tenant_id: team, input_tokens: tokens_in,
            output_tokens: tokens_out, gateway_cost_usd: cost}
      """;
  private static final String INVOICE_SOURCE =
      "  - {id: openai, kind: mapping, mapping: openai, location: ../exports/openai}\n";
  private static final String MAPPING =
      """
      title: an invoice of OpenAI
      charges:
        BillingAccountId: {value: acme}
        ChargePeriodStart: month
        ChargePeriodEnd: {lasts: month}
        BilledCost: amount
        BillingCurrency: {value: USD}
        ChargeDescription: line
        ServiceCategory: {value: AI and Machine Learning}
        ServiceName: {value: API}
        ServiceProviderName: {value: OpenAI}
      tags:
        team: {value: search}
      """;
  private static final String ENDPOINTS =
      """
      endpoints:
        - id: 10.0.3.7
          paid_by:
            - where: {ResourceId: i-0abc1}
            - where: {ResourceId: i-0abc2}
            - where: {ResourceId: i-0abc2}
              from: 2026-09-03
            - where: {ResourceId: i-0gone}
        - id: api.openai.com
          paid_by:
            - where: {ServiceProviderName: OpenAI}
      """;
  private static final String SPEND_HEADER =
      "request_id,call_type,api_key,spend,startTime,endTime,model,api_base,team_id,status,"
          + "cache_hit,prompt_tokens,completion_tokens,custom_llm_provider\n";

  private static final TableName TOKEN_COSTS = TableName.parse("economics.token_costs");

  @TempDir Path folder;
  private TinyCompany company;

  @BeforeEach
  void deliver() {
    company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.write("conf/sources.yml", SOURCES);
    company.write("conf/allocation.yml", ENDPOINTS);
    company.deliver("20");
    company.write(
        "logs/litellm/2026-09/spend.csv",
        SPEND_HEADER
            + spend("r1", "app", 1_000_000, 200_000)
            + spend("r2", "etl", 500_000, 600_000));
    company.write(
        "logs/portkey/2026-09/log.csv",
        """
        at,host,model,team,tokens_in,tokens_out,cost
        2026-09-02T10:00:00Z,api.openai.com,gpt-4o,app,2000000,1000000,15.00
        2026-09-02T11:00:00Z,api.openai.com,gpt-4o,etl,2000000,1000000,15.00
        2026-09-02T12:00:00Z,api.openai.com,gpt-4o-mini,app,8000000,2000000,2.00
        """);
  }

  /**
   * The machines cost 10.5 + 20. The input weighs 1.5 million tokens and the output 0.8 million x
   * 2.5, together 3.5 million. Of these, app has 1 + 0.2 x 2.5 = 1.5 million.
   */
  @Test
  void machinesAndAnInvoicePayForEndpointsOnce() throws IOException {
    NightReport first = company.night();

    List<String> ofMachines = costs("10.0.3.7");
    assertThat(ofMachines)
        .containsExactly(
            "app measured token_weights cost 13.071429 in 8.714286 out 21.785714",
            "etl measured token_weights cost 17.428571 in 8.714286 out 21.785714");
    assertThat(differencesFromDuckDb("create table invoice (amount varchar);\n")).isEmpty();
    assertThat(unusedRules(first))
        .as("the third rule comes after the second, which holds too")
        .contains("10.0.3.7/3", "10.0.3.7/4", "api.openai.com/1")
        .doesNotContain("10.0.3.7/1", "10.0.3.7/2");
    assertThat(
            company.ask(
                "select concat_ws(' ', status, cost, cast(estimated_cost_usd as decimal(9,2)),"
                    + " cast(estimated_usd_per_million_tokens as decimal(9,4)))"
                    + " from economics.endpoint_costs where endpoint_id = 'api.openai.com'"))
        .as("32 for 16 million tokens; no bill, no cost")
        .containsExactly("no_cost 32.00 2.0000");
    assertThat(company.printed("2026-09", "company.all"))
        .contains("10.0.3.7 llama 30.50")
        .contains("api.openai.com, no cost")
        .contains("in no total: api.openai.com USD 32.00 (USD 2.0000 per million tokens).");
    assertThat(company.explain("api.openai.com", Subject.ENDPOINT).text())
        .contains("no charge is joined to it, the gateway estimates USD 32.00");

    company.write("conf/mappings/openai.yml", MAPPING);
    company.write("conf/sources.yml", SOURCES + INVOICE_SOURCE);
    company.write(
        "exports/openai/2026-09/invoice.csv", "month,line,amount\n2026-09-01,API,40.00\n");
    NightReport second = company.night();

    assertThat(costs("10.0.3.7")).isEqualTo(ofMachines);
    assertThat(differencesFromDuckDb(delivered("invoice", "exports/openai/2026-09/invoice.csv")))
        .isEmpty();
    assertThat(
            company.ask(
                "select concat_ws(' ', tenant_id, model_id, split_by, cast(cost as decimal(9,4)),"
                    + " cast(estimated_cost_usd as decimal(9,2))) from economics.token_costs"
                    + " where endpoint_id = 'api.openai.com' order by 1"))
        .as("40 of the invoice by estimates of 15, 15 and 2")
        .containsExactly(
            "app gpt-4o gateway_estimates 18.7500 15.00",
            "app gpt-4o-mini gateway_estimates 2.5000 2.00",
            "etl gpt-4o gateway_estimates 18.7500 15.00");
    assertThat(
            company.ask(
                "select concat_ws(' ', use_kind, linked_by, cast(sum(effective_cost) as decimal(9,2)))"
                    + " from economics.use_costs group by use_kind, linked_by order by 1"))
        .as("each charge has one use, and all are 100.75")
        .containsExactly("30.25", "inference rule 70.50");
    assertThat(company.printed("2026-09", "company.all"))
        .contains("api.openai.com – 40.00")
        .doesNotContain("in no total");
    ExplanationStep tree = company.explain("api.openai.com", Subject.ENDPOINT);
    assertThat(tree.addsUp()).as(tree.text()).isTrue();
    assertThat(unusedRules(second)).contains("10.0.3.7/4").doesNotContain("api.openai.com/1");
  }

  private static String spend(String id, String team, int in, int out) {
    return "%s,acompletion,k,0.0,2026-09-01T10:00:00Z,2026-09-01T10:00:05Z,hosted_vllm/llama,http://10.0.3.7:8000/v1,%s,success,False,%d,%d,hosted_vllm\n"
        .formatted(id, team, in, out);
  }

  private List<String> costs(String endpoint) {
    return company.ask(
        "select concat_ws(' ', tenant_id, status, split_by, 'cost', cast(cost as decimal(9,6)), 'in',"
            + " cast(usd_per_million_input_tokens as decimal(9,6)), 'out',"
            + " cast(usd_per_million_output_tokens as decimal(9,6))) from economics.token_costs"
            + " where endpoint_id = '%s' order by 1".formatted(endpoint));
  }

  /** Returns what DuckDB finds otherwise from the delivered files. */
  private List<String> differencesFromDuckDb(String invoice) throws IOException {
    Path opinion = Files.createTempDirectory(folder, "duckdb");
    return Duck.differences(
        invoice
            + delivered("bill", "exports/aws/2026-09/bill.csv")
            + delivered("spend", "logs/litellm/2026-09/spend.csv")
            + delivered("log", "logs/portkey/2026-09/log.csv")
            + Duck.table(company.lake().read(TOKEN_COSTS), opinion, "token_costs")
            + Files.readString(Path.of("tests/fixtures/duckdb/endpoint_payers.sql")),
        "compared",
        "tenants_again");
  }

  private String delivered(String table, String file) {
    return "create table %s as from %s;\n".formatted(table, Duck.csv(company.file(file)));
  }

  private static String unusedRules(NightReport night) {
    return night.outcomes().stream()
        .filter(outcome -> outcome.subject().equals("unused_rules"))
        .map(Outcome::detail)
        .collect(Collectors.joining());
  }
}
