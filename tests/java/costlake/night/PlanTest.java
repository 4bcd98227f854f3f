package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.close.MonthClose;
import costlake.config.LakeConfig;
import costlake.core.BillingPeriod;
import costlake.core.Progress;
import costlake.lake.TableName;
import costlake.model.Layer;
import costlake.testing.Duck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A plan says which money the next night moves. Worked out by hand: the bill of AWS is 10.50 +
 * 20.00 + 30.25 = 60.75 of team search, that of Azure 1.10 + 2.20 + 3.30 = 6.60 of the last resort,
 * team platform. DuckDB computes it from the costs of months that the nights published.
 */
@Tag("night")
class PlanTest {
  private static final BillingPeriod SEPTEMBER = BillingPeriod.parse("2026-09");
  private static final String NEW_RULE = "changed owner rules in owners.yml";

  @TempDir Path folder;
  private TinyCompany company;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aPlanSaysWhatTheNightThatFollowsMovesAndLeavesNothing(LakeConfig.Format format)
      throws IOException {
    company = new TinyCompany(folder, format);
    company.deliver("20");
    NightReport first = plan();
    assertThat(lines(first))
        .containsExactly(
            "2026-09 search USD 60.75: 60.75 first publication",
            "2026-09 platform USD 6.6: 6.6 first publication");
    assertThat(company.lake().publication()).isEmpty();
    assertThat(files().keySet()).isSubsetOf("catalog.db");
    assertThat(company.night().changes()).isEqualTo(first.changes());
    assertThat(sums(first))
        .isEqualTo(moved(exported("after") + "create table before as from after limit 0;\n"));
    String published = exported("before");

    MonthClose.of(company.config(), company.lake(), SEPTEMBER, Instant.now())
        .close(List.of(), "tester");
    assertThat(plan().message()).startsWith("The next night would move no money");
    company.deliver("21.5");
    company.deliverMonth("2026-10");
    giveAzureToSearch();
    Map<String, Long> before = files();
    NightReport second = plan();
    assertThat(files()).isEqualTo(before);
    assertThat(lines(second))
        .as("1.50 more of AWS, 6.60 of Azure from platform to search, and a new month")
        .containsExactly(
            "2026-10 search USD 67.35: 60.75 %1$s, new delivery of aws-payer, 6.6 %1$s, new delivery of azure"
                .formatted(NEW_RULE),
            "2026-09 search USD 8.1 correction: 6.6 %1$s, 1.5 %1$s, new delivery of aws-payer"
                .formatted(NEW_RULE),
            "2026-09 platform USD -6.6 correction: -6.6 " + NEW_RULE);
    NightReport night = company.until(Layer.ECONOMICS).night();
    assertThat(night.publication().orElseThrow().sequence()).isEqualTo(2);
    assertThat(night.changes()).isEqualTo(second.changes());
    assertThat(sums(second)).isEqualTo(moved(published + exported("after")));
    assertThat(company.night().changes()).isEmpty();
  }

  private NightReport plan() {
    return NightRun.plan(company.session(), company.config(), Set.of(), Set.of(), Progress.SILENT);
  }

  /** Returns the sum of each line of a plan, e.g. {@code 2026-09 | search | USD | 8.1}. */
  private static List<String> sums(NightReport plan) {
    return plan.changes().stream()
        .map(
            change ->
                "%s | %s | %s | %s"
                    .formatted(
                        change.month(),
                        change.team(),
                        change.currency(),
                        change.change().stripTrailingZeros().toPlainString()))
        .sorted()
        .toList();
  }

  /** Writes the published costs of months, and returns the statement by which DuckDB reads them. */
  private String exported(String table) throws IOException {
    return Duck.table(
        company.lake().read(TableName.parse("economics.monthly_costs")),
        Files.createTempDirectory(folder, "duckdb"),
        table);
  }

  /** Returns what two exported tables differ by. */
  private static List<String> moved(String tables) {
    return Duck.rows(
        tables,
        """
        select strftime(billing_month, '%Y-%m') as month, team_id, billing_currency, sum(cost)
        from (
            select billing_month, team_id, billing_currency, effective_cost as cost from after
            union all
            select billing_month, team_id, billing_currency, -effective_cost from before
        )
        group by all having sum(cost) <> 0 order by all\
        """);
  }

  private void giveAzureToSearch() {
    company.write(
        "conf/owners.yml",
        """
        last_resort: {team: platform}
        teams:
          - {id: platform, name: Platform}
          - {id: search, name: Search}
        rules:
          - {id: tags, kind: tag, assign_from_tags: true}
          - {id: azure, kind: account, where: {BillingAccountId: acct-1}, assign: {team: search}}
        """);
  }

  private static List<String> lines(NightReport report) {
    return report.changes().stream()
        .map(
            change ->
                "%s %s %s %s%s: %s"
                    .formatted(
                        change.month(),
                        change.team(),
                        change.currency(),
                        change.change().stripTrailingZeros().toPlainString(),
                        change.isClosed() ? " correction" : "",
                        change.parts().stream()
                            .map(
                                part ->
                                    part.change().stripTrailingZeros().toPlainString()
                                        + " "
                                        + part.reason())
                            .collect(Collectors.joining(", "))))
        .toList();
  }

  /** Returns the files of the lake with their sizes, without the lock and the mark of the lake. */
  private Map<String, Long> files() throws IOException {
    Path lake = company.file("lake");
    Map<String, Long> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(lake)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        String name = lake.relativize(file).toString();
        if (!name.endsWith(".lock") && !name.equals("lake.json")) {
          files.put(name, Files.size(file));
        }
      }
    }
    return files;
  }
}
