package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules by which Trino shows each user the rows that the endpoint shows. */
class TrinoFilesTest {
  private static final Set<String> TABLES =
      Set.of(
          "approvals",
          "budget_days",
          "budget_status",
          "events",
          "incidents",
          "run_totals",
          "statement_accelerators",
          "statement_actions",
          "statement_attempts",
          "statement_budget",
          "statement_changes",
          "statement_commitments",
          "statement_days",
          "statement_endpoints",
          "statement_experiments",
          "statement_history",
          "statement_idle_calendar",
          "statement_idle_costs",
          "statement_idle_hours",
          "statement_inference_months",
          "statement_invoices",
          "statement_life_months",
          "statement_lines",
          "statement_model_life",
          "statement_parent_runs",
          "statement_pools",
          "statement_quality",
          "statement_run_metrics",
          "statement_runs",
          "statement_spot",
          "statement_team_uses",
          "statement_tenants",
          "statement_unpriced_runs",
          "statement_use_months",
          "statement_uses",
          "statement_value",
          "statement_workloads",
          "statements",
          "tag_charges",
          "tag_coverage",
          "unapproved_runs");

  @TempDir Path folder;

  @Test
  void everyTableOfStatementsHasTheRowFilterOfTheGroup() throws IOException {
    assertThat(tables("costlake_teams_search", true)).isEqualTo(TABLES);
    assertThat(filters("costlake_teams_search")).containsOnly("team_id in ('search')");
    assertThat(filters("costlake_teams_ranking+search"))
        .containsOnly("team_id in ('ranking', 'search')");
  }

  @Test
  void onlyTheVersionIsShownToEveryone() throws IOException {
    assertThat(tables("costlake_teams_search", false)).containsExactly("schema_version");
    assertThat(tables("costlake_finance", true)).isEmpty();
    assertThat(tables("costlake_finance", false)).containsAll(TABLES).contains("schema_version");
  }

  private List<String> filters(String group) throws IOException {
    return rules(group).stream()
        .filter(rule -> rule.has("filter"))
        .map(rule -> rule.get("filter").asText())
        .toList();
  }

  private Set<String> tables(String group, boolean filtered) throws IOException {
    Set<String> tables = new TreeSet<>();
    for (JsonNode rule : rules(group)) {
      if (rule.has("filter") == filtered) {
        tables.addAll(Arrays.asList(rule.get("table").asText().split("\\|")));
      }
    }
    return tables;
  }

  /** Returns the rules for tables of a group; the group is quoted in them. */
  private List<JsonNode> rules(String group) throws IOException {
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf/owners.yml"), Served.OWNERS);
    Config config =
        Config.load(
            folder.resolve("conf"), null, Map.of("lake.root", folder.resolve("lake").toString()));
    TrinoFiles.write(config, folder.resolve("trino"), "/etc/trino");
    JsonNode all = new ObjectMapper().readTree(folder.resolve("trino/rules.json").toFile());
    List<JsonNode> rules = new java.util.ArrayList<>();
    all.get("tables")
        .forEach(
            rule -> {
              if (rule.path("group").asText().contains(group + "\\E")) {
                rules.add(rule);
              }
            });
    assertThat(rules).as(group).isNotEmpty();
    return rules;
  }
}
