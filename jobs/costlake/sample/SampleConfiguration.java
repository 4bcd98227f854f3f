package costlake.sample;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The company's configuration and its business figures. */
final class SampleConfiguration {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build());

  private static final String REPORTED = "EUR";

  private final SampleSettings settings;
  private final SampleCompany company;
  private final SampleCluster fleet;

  SampleConfiguration(SampleSettings settings, SampleCompany company, SampleCluster fleet) {
    this.settings = settings;
    this.company = company;
    this.fleet = fleet;
  }

  /** Configuration that reads everything the estate has. */
  void write(Path dir) throws IOException {
    write(dir, sources());
    benefits(Files.createDirectories(dir.resolve("business")).resolve("benefits.csv"));
  }

  /** Configuration that reads the AWS bill alone. */
  void writeForBill(Path dir) throws IOException {
    write(dir, sources().subList(0, 1));
  }

  private void write(Path dir, List<Object> sources) throws IOException {
    Path conf = Files.createDirectories(dir.resolve("conf"));
    yaml(
        conf.resolve("costlake.yml"),
        map(
            "company",
            map(
                "name",
                "Aldermoor Group",
                "contact",
                "finops@aldermoor.example",
                "currency",
                "USD"),
            "lake",
            map("root", "../lake"),
            "statement",
            map("to", "../statements", "exchange_rates", exchangeRates()),
            "close",
            map("invoices", "../invoices/invoices.csv")));
    yaml(conf.resolve("sources.yml"), map("sources", sources));
    yaml(conf.resolve("owners.yml"), owners());
    yaml(conf.resolve("allocation.yml"), allocation());
  }

  private static void yaml(Path path, Map<String, Object> document) throws IOException {
    YAML.writeValue(path.toFile(), document);
  }

  private static Map<String, Object> map(Object... entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put(entries[i].toString(), entries[i + 1]);
    }
    return map;
  }

  private List<Object> sources() {
    List<Object> sources = new ArrayList<>();
    sources.add(map("id", AwsBill.SOURCE, "kind", "aws-cur", "location", "../exports/aws"));
    sources.add(
        map(
            "id",
            "azure-focus",
            "kind",
            "focus",
            "location",
            "../exports/azure",
            "provider",
            "Microsoft"));
    sources.add(
        map(
            "id",
            "gcp-focus",
            "kind",
            "focus",
            "location",
            "../exports/gcp",
            "provider",
            "Google Cloud"));
    if (settings.telemetryMonths() > 0) {
      sources.add(
          map(
              "id",
              "train-cluster",
              "kind",
              "prometheus",
              "location",
              "../telemetry/" + SampleCompany.CLUSTER,
              "cluster",
              SampleCompany.CLUSTER,
              "step_s",
              settings.stepS()));
    }
    sources.add(
        map(
            "id",
            "benefits",
            "kind",
            "benefits",
            "location",
            "../business/benefits.csv",
            "columns",
            map("model_id", "model", "value", "value_usd")));
    return sources;
  }

  private Map<String, Object> owners() {
    List<Object> teams = new ArrayList<>();
    Map<String, Object> aliases = map();
    List<Object> rules = new ArrayList<>();
    rules.add(
        map(
            "id",
            "ovr-clickstream",
            "kind",
            "override",
            "from",
            SampleData.handOver(settings).toString(),
            "where",
            map("ResourceId", AwsCatalogue.HANDED_OVER.resource()),
            "assign",
            map("team", "ads", "project", "attribution", "environment", "prod")));
    rules.add(map("id", "tags", "kind", "tag", "assign_from_tags", true));
    for (Pod pod : fleet.pods()) {
      rules.add(
          map(
              "id",
              "ns-" + pod.namespace() + "-" + pod.app(),
              "kind",
              "namespace",
              "where",
              map("namespace", pod.namespace()),
              "assign",
              assign(pod)));
    }
    for (SampleCompany.Team team : company.teams()) {
      teams.add(
          map(
              "id",
              team.id(),
              "name",
              team.name(),
              "cost_centre",
              team.costCentre(),
              "email",
              List.of(team.id() + "-leads@aldermoor.example"),
              "language",
              "en"));
      aliases.put(team.alias(), team.id());
      account(rules, "aws-" + team.id(), team.account(), team.id());
    }
    for (FocusCatalogue cloud : FocusCatalogue.ALL) {
      for (String team : cloud.teams()) {
        account(rules, cloud.source + "-" + team, cloud.subAccounts.get(team), team);
      }
    }
    account(rules, "aws-cluster", SampleCompany.CLUSTER_ACCOUNT, SampleCompany.PLATFORM);
    account(rules, "aws-network", SampleCompany.NETWORK_ACCOUNT, SampleCompany.PLATFORM);
    account(rules, "aws-payer", SampleCompany.PAYER, SampleCompany.PLATFORM);
    return map(
        "last_resort",
        map("team", SampleCompany.PLATFORM),
        "teams",
        teams,
        "groups",
        List.of(
            map(
                "id",
                "company.all",
                "email",
                List.of("cfo@aldermoor.example"),
                "reporting_currency",
                REPORTED)),
        "members",
        members(),
        "tags",
        map(
            "keys",
            map(
                "team",
                List.of("team", "team_name", "owner"),
                "project",
                List.of("project"),
                "environment",
                List.of("environment", "env"),
                "model",
                List.of("model")),
            "values",
            map("team", aliases)),
        "rules",
        rules);
  }

  /** Exchange rates that the company set for the last two months; not market rates. */
  private List<Object> exchangeRates() {
    return List.of(
        exchangeRate(settings.last().minusMonths(1), "0.8615"),
        exchangeRate(settings.last(), "0.8524"));
  }

  private static Map<String, Object> exchangeRate(YearMonth month, String rate) {
    return map(
        "date",
        month.atEndOfMonth().toString(),
        "from",
        "USD",
        "to",
        REPORTED,
        "rate",
        new BigDecimal(rate),
        "source",
        "Aldermoor treasury");
  }

  private static Map<String, Object> assign(Pod pod) {
    Map<String, Object> assign =
        map("team", pod.team(), "project", pod.project(), "environment", pod.environment());
    if (!pod.model().isEmpty()) {
      assign.put("model", pod.model());
    }
    return assign;
  }

  private static List<Object> members() {
    return List.of(
        map("user", "ines", "role", "member", "teams", List.of("search")),
        map("user", "otto", "role", "lead", "teams", List.of("data", "platform")),
        map("user", "finn", "role", "finance"));
  }

  private static void account(List<Object> rules, String id, String account, String team) {
    rules.add(
        map(
            "id",
            "acct-" + id,
            "kind",
            "account",
            "where",
            map("SubAccountId", account),
            "assign",
            map("team", team)));
  }

  private static Map<String, Object> allocation() {
    Map<String, Object> nodes =
        map(
            "id",
            "train-nodes",
            "where",
            map("cluster", SampleCompany.CLUSTER),
            "method",
            "price-ratio",
            "idle",
            "proportional",
            "idle_owner",
            SampleCompany.PLATFORM);
    List<Object> pools =
        List.of(
            pool(
                "k8s-control",
                "Kubernetes control plane",
                "ServiceName",
                "Amazon Elastic Container Service for Kubernetes",
                "accelerator_hours"),
            pool(
                "registry",
                "Container registry",
                "ServiceName",
                "Amazon EC2 Container Registry (ECR)",
                "cpu_hours"),
            pool("logging", "Logs and metrics", "ServiceName", "AmazonCloudWatch", "cpu_hours"),
            pool("network", "Network hub", "SubAccountId", SampleCompany.NETWORK_ACCOUNT, "cost"),
            pool("support", "AWS support", "ServiceName", "AWS Support (Business)", "cost"));
    return map("node_groups", List.of(nodes), "pools", pools);
  }

  private static Map<String, Object> pool(
      String id, String name, String column, String value, String driver) {
    return map(
        "id", id, "name", name, "where", map(column, value), "driver", driver, "fallback", "even");
  }

  /** Models that earn or save something measurable; the others stay without value. */
  private void benefits(Path path) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    SeededRandom dice = new SeededRandom(settings.seed()).with("benefits");
    for (YearMonth month = settings.first();
        !month.isAfter(settings.last());
        month = month.plusMonths(1)) {
      SeededRandom own = dice.with(month.toString());
      BigDecimal orders = own.with(1).between(new BigDecimal("41000"), new BigDecimal("52000"), 0);
      rows.add(
          row("ranker-v7", month, "conversions", orders, orders.multiply(new BigDecimal("2.1"))));
      BigDecimal revenue = own.with(2).between(new BigDecimal("68000"), new BigDecimal("97000"), 2);
      rows.add(row("ctr-v5", month, "revenue", null, revenue));
      BigDecimal saved = own.with(3).between(new BigDecimal("310"), new BigDecimal("560"), 1);
      rows.add(
          row("detector-v3", month, "hours_saved", saved, saved.multiply(new BigDecimal("54"))));
    }
    KnownFigures.table(path, "model,month,kind,quantity,value_usd,currency", rows);
  }

  private static Object[] row(
      String model, YearMonth month, String kind, BigDecimal quantity, BigDecimal value) {
    return new Object[] {model, month, kind, quantity, value, "USD"};
  }
}
