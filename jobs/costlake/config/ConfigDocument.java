package costlake.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The keys at the top level of the configuration files. */
record ConfigDocument(
    @Required @Description("The company that issues the statements.") IssuingCompany company,
    @Required @Description("Where the tables are and in which format.") LakeConfig lake,
    @Required @Description("Settings of Spark.") SparkConfig spark,
    @Required @Description("Limits at which a night stops or writes a warning.") Limits limits,
    @Required @Description("What the command maintain keeps and what it removes.")
        MaintenanceConfig maintenance,
    @Required @Description("How statements are printed.") StatementConfig statement,
    @Required @Description("Conditions for closing a month.") CloseConfig close,
    @Required @Description("Which runs need an approval before they start.")
        ApprovalsConfig approvals,
    @Required @Description("What costlake watch reads, and when accelerators count as idle.")
        WatchConfig watch,
    @Required @Description("How statements are mailed.") MailConfig mail,
    @Required @Description("The servers for BI tools and assistants (costlake serve).")
        ServeConfig serve,
    @Description("What each night reads (sources.yml).") List<Source> sources,
    @Description(
            "Owner of the cost that no rule assigns (owners.yml). Required if there are"
                + " teams.")
        Owners.@Nullable LastResort lastResort,
    @Description("The teams that receive statements (owners.yml).") List<Owners.Team> teams,
    @Description(
            "Recipients of the statements of cost centres, of the company and of projects"
                + " (owners.yml).")
        List<Owners.Group> groups,
    @Description("Addresses that may receive the statements of several teams (owners.yml).")
        List<String> sharedRecipients,
    @Description("Who may query the figures of which teams (owners.yml).") List<Member> members,
    @Description("Normalisation of tags (owners.yml).") Owners.Tags tags,
    @Description("Rules that assign charges to owners (owners.yml).") List<Owners.Rule> rules,
    @Description("Groups of nodes and how their cost is split (allocation.yml).")
        List<Allocation.NodeGroup> nodeGroups,
    @Description("Shared pools (allocation.yml).") List<Allocation.Pool> pools,
    @Description(
            "What pays for endpoints, their capacity, and what their tokens weigh (allocation.yml).")
        List<Allocation.EndpointSettings> endpoints,
    @Description("What teams, projects, models ... may cost (budgets.yml).") List<Budget> budgets,
    @Description("Where alerts go (alerts.yml).") List<AlertRoute> alertRoutes,
    @Description("Tags that charges must carry (tags.yml).") List<TagRule> tagRules,
    @Description("What teams may hold at one time, or use in a period (quotas.yml).")
        List<Quota> quotas,
    @Required @Description("Names that enforcers have for accelerator models (quotas.yml).")
        AcceleratorNames acceleratorNames) {

  ConfigDocument {
    tags = tags == null ? new Owners.Tags(Map.of(), Map.of(), Map.of()) : tags;
  }

  Config at(Path home, Map<String, UserMapping> mappings) {
    return new Config(
        company,
        new LakeConfig(
            lake.format(), resolve(home, lake.root()), lake.nativeColumns(), lake.catalog()),
        spark,
        limits,
        maintenance,
        new StatementConfig(
            resolve(home, statement.to()),
            statement.months(),
            statement.disputeDays(),
            statement.locale(),
            statement.exchangeRates()),
        new CloseConfig(
            resolvedOrNull(home, close.invoices()),
            close.invoiceDifferenceMax(),
            close.unownedCostRatioMax(),
            close.telemetryCoverageRatioMin()),
        approvals.with(
            Objects.requireNonNullElse(approvals.currency(), company.currency()),
            resolvedOrNull(home, approvals.decisionFile())),
        watchAt(home),
        mailAt(home),
        serveAt(home),
        sourcesAt(home, false),
        sourcesAt(home, true),
        Map.of(),
        owners(),
        new Allocation(nodeGroups, pools, endpoints),
        budgets,
        alertRoutes,
        tagRules,
        quotas,
        acceleratorNames,
        mappings,
        home);
  }

  private WatchConfig watchAt(Path home) {
    Map<String, String> files = new TreeMap<>(watch.squeue());
    files.replaceAll((cluster, file) -> resolve(home, file));
    return watch.reading(files);
  }

  Owners owners() {
    return new Owners(lastResort, teams, groups, sharedRecipients, tags, rules, members);
  }

  private List<Source> sourcesAt(Path home, boolean retired) {
    return sources.stream()
        .filter(s -> s.retired() == retired)
        .map(s -> s.location() == null ? s : s.at(resolve(home, s.location())))
        .toList();
  }

  private MailConfig mailAt(Path home) {
    MailConfig.Smtp smtp = mail.smtp();
    return new MailConfig(
        mail.transport(),
        mail.from(),
        mail.sendAllTo(),
        mail.site(),
        mail.timeoutS(),
        mail.attemptsMax(),
        mail.backoffS(),
        new MailConfig.Smtp(
            smtp.host(),
            smtp.port(),
            smtp.security(),
            smtp.user(),
            smtp.password(),
            resolvedOrNull(home, smtp.caFile())),
        mail.ses());
  }

  private ServeConfig serveAt(Path home) {
    return new ServeConfig(
        serve.host(),
        serve.port(),
        serve.mcpPort(),
        resolve(home, serve.users()),
        resolvedOrNull(home, serve.tlsCertificate()),
        resolvedOrNull(home, serve.tlsKey()),
        serve.queryMaxS(),
        serve.queryMaxRows(),
        serve.queryMaxMib(),
        serve.queriesMax(),
        serve.queriesPerUserMax(),
        serve.queriesWaitingPerUserMax(),
        serve.queryTextMaxKib(),
        serve.statementsPerUserMax(),
        serve.statementsPerUserMaxMib(),
        serve.workerHeapMib());
  }

  private static @Nullable String resolvedOrNull(Path home, @Nullable String location) {
    return location == null ? null : resolve(home, location);
  }

  private static String resolve(Path home, String location) {
    return location.matches("[a-z0-9]+://.*")
        ? location
        : home.toAbsolutePath().resolve(location).normalize().toString();
  }
}
