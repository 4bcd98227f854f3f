package costlake.config;

import costlake.core.ReceiverId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The teams, and the rules that determine the owner of each charge ({@code owners.yml}). */
public record Owners(
    @Description("Owner of the cost that no rule assigns.") @Nullable LastResort lastResort,
    @Description("The teams that receive statements.") List<Team> teams,
    @Description(
            "Who receives the statements of cost centres, of the company and of projects, and how.")
        List<Group> groups,
    @Description("Addresses that may receive the statements of several teams.")
        List<String> sharedRecipients,
    @Description("How tag keys and values are normalised.") Tags tags,
    @Description("Owner rules, in order within a kind.") List<Rule> rules,
    @Description("Who may query the figures of which teams.") List<Member> members) {
  public Owners {
    teams = List.copyOf(teams);
    groups = List.copyOf(groups);
    sharedRecipients = List.copyOf(sharedRecipients);
    rules = List.copyOf(rules);
    members = List.copyOf(members);
  }

  /** Returns all configured teams and then all configured groups. */
  public List<Receiver> receivers() {
    return Stream.<Receiver>concat(teams.stream(), groups.stream()).toList();
  }

  /** Finds the configured team, cost centre or company with an id. */
  public Optional<Receiver> receiver(String id) {
    return receivers().stream().filter(r -> r.id().equals(id)).findFirst();
  }

  /** Returns the names of a kind that teams, rules, values of tags and groups have, in order. */
  List<String> known(TagRule.Known kind) {
    Stream<@Nullable String> names =
        switch (kind) {
          case TEAMS -> teams.stream().map(Team::id);
          case COST_CENTRES -> teams.stream().map(Team::costCentre);
          case PROJECTS ->
              Stream.concat(
                  assigned(Assign::project, "project"),
                  groups.stream().flatMap(group -> ReceiverId.project(group.id()).stream()));
          case ENVIRONMENTS -> assigned(Assign::environment, "environment");
        };
    return names.filter(Objects::nonNull).distinct().sorted().toList();
  }

  private Stream<@Nullable String> assigned(Function<Assign, @Nullable String> value, String tag) {
    return Stream.concat(
        rules.stream().map(Rule::assign).filter(Objects::nonNull).map(value),
        tags.values().getOrDefault(tag, Map.of()).values().stream());
  }

  /** The team that owns the cost that no rule assigns. */
  public record LastResort(@Required @Description("Team id.") String team) {}

  /** A team, a project, a cost centre or the company that a statement is for. */
  public sealed interface Receiver permits Team, Group {
    /** The id in statements and in {@code reporting.*}. Only the ids of teams have no dot. */
    String id();

    /** {@code team}, {@code project}, {@code cost_centre} or {@code company}. */
    String kind();

    /** Name printed on statements; null if none is configured. */
    @Nullable String name();

    /** Recipients of the statement. */
    List<String> email();

    /** Recipients of a copy. */
    List<String> cc();

    /** Whether the statement is not sent by mail. */
    boolean noMail();

    /** Language and number format; if null, {@code statement.locale} applies. */
    @Nullable String language();

    /** Currency in which statements also show the total; null if none is configured. */
    @Nullable String reportingCurrency();

    /** Returns all addresses that receive the statement or a copy of it. */
    default List<String> recipients() {
      return Stream.concat(email().stream(), cc().stream()).toList();
    }
  }

  /** A team. */
  public record Team(
      @Required @Description("Short name, unique.") String id,
      @Required @Description("Name printed on statements.") String name,
      @Description("Cost centre of the team, printed on statements.") @Nullable String costCentre,
      @Description("Recipients of the statement.") List<String> email,
      @Description("Recipients of a copy.") List<String> cc,
      @Description("Set to true if this team's statement is not sent by mail.") boolean noMail,
      @Description("Language and number format, e.g. de-DE. Empty: statement.locale.")
          @Nullable String language,
      @Description(
              "Currency, ISO 4217, in which its statements also show the total; see"
                  + " statement.exchange_rates.")
          @Nullable String reportingCurrency,
      @Description("Who decides about expensive runs of the team; see docs/approvals.md.")
          List<Approver> approvers)
      implements Receiver {
    public Team {
      approvers = List.copyOf(approvers);
      email = addresses(email);
      cc = addresses(cc);
      StatementConfig.checkLocale(language);
      ExchangeRate.checkCurrency(reportingCurrency);
      if (!id.matches("[a-z0-9][a-z0-9_-]{0,62}")) {
        throw new IllegalArgumentException(
            "team id '" + id + "' must be lower-case letters, digits, - or _");
      }
    }

    @Override
    public String kind() {
      return "team";
    }
  }

  /** A person who decides about requests of a team, except for their own. */
  public record Approver(
      @Required @Description("User of the operating system who runs 'costlake approve decide'.")
          String user,
      @Description("Address that gets the requests. Empty: none is sent.") @Nullable String email) {
    public Approver {
      if (email != null) {
        MailAddress.check(email);
      }
    }
  }

  /** Settings for the statement of a cost centre, of the company or of a project. */
  public record Group(
      @Required
          @Description(
              "'"
                  + ReceiverId.COST_CENTRE
                  + "' and the name of a cost centre, e.g. "
                  + ReceiverId.COST_CENTRE
                  + "4410; "
                  + ReceiverId.COMPANY
                  + " for the company; or '"
                  + ReceiverId.PROJECT
                  + "' and a project. Only projects listed here have statements.")
          String id,
      @Description("Name printed on its statements.") @Nullable String name,
      @Description("Recipients of the statement. Empty: it is not sent.") List<String> email,
      @Description("Recipients of a copy.") List<String> cc,
      @Description("Language and number format, e.g. de-DE. Empty: statement.locale.")
          @Nullable String language,
      @Description(
              "Currency, ISO 4217, in which its statements also show the total; see"
                  + " statement.exchange_rates.")
          @Nullable String reportingCurrency)
      implements Receiver {
    public Group {
      email = addresses(email);
      cc = addresses(cc);
      StatementConfig.checkLocale(language);
      ExchangeRate.checkCurrency(reportingCurrency);
    }

    /**
     * Returns the ids that groups may have, without those of projects: the id of the company, and
     * one id for each cost centre.
     */
    static List<String> ids(List<Team> teams) {
      return Stream.concat(
              Stream.of(ReceiverId.COMPANY),
              teams.stream()
                  .map(Team::costCentre)
                  .filter(Objects::nonNull)
                  .distinct()
                  .map(ReceiverId.COST_CENTRE::concat))
          .toList();
    }

    @Override
    public String kind() {
      return ReceiverId.kind(id);
    }

    @Override
    public boolean noMail() {
      return recipients().isEmpty();
    }
  }

  private static List<String> addresses(List<String> addresses) {
    addresses.forEach(MailAddress::check);
    return List.copyOf(addresses);
  }

  /** How tag keys and values are normalised. */
  public record Tags(
      @Description(
              "For each canonical key, the delivered keys that mean the same. The first key"
                  + " that a charge has counts; the canonical key itself, which mappings write,"
                  + " is the last of them.")
          Map<String, List<String>> keys,
      @Description("For each canonical key, a map from delivered values to canonical values.")
          Map<String, Map<String, String>> values,
      @Description(
              "The labels of workloads that name their run, and what belongs to it: run, job,"
                  + " attempt, retry, parent, experiment, name, kind, model, version, user, endpoint."
                  + " The first label that a workload has counts.")
          Map<String, List<String>> labels) {
    /**
     * What labels can name. {@code run} is an id that no other run has; {@code job} is a name
     * within a namespace; {@code attempt} counts from 1, and {@code retry} from 0.
     */
    static final List<String> LABELS =
        List.of(
            "run",
            "job",
            "attempt",
            "retry",
            "parent",
            "experiment",
            "name",
            "kind",
            "model",
            "version",
            "user",
            "endpoint");

    public Tags {
      keys =
          keys.entrySet().stream()
              .collect(
                  Collectors.toUnmodifiableMap(
                      Map.Entry::getKey, key -> withItself(key.getValue(), key.getKey())));
      values = Map.copyOf(values);
      labels = Map.copyOf(labels);
    }

    private static List<String> withItself(List<String> delivered, String canonical) {
      return Stream.concat(delivered.stream(), Stream.of(canonical)).distinct().toList();
    }
  }

  /** A rule that assigns charges or workloads to an owner, in a period of time. */
  public record Rule(
      @Required @Description("Short name, unique. Each charge records the rule that assigned it.")
          String id,
      @Required
          @Description(
              "Kind of the rule: override, tag, namespace or account. Rules apply in this"
                  + " order of kinds.")
          Kind kind,
      @Description("First day on which the rule is in force. Empty: always.")
          @Nullable LocalDate from,
      @Description("First day on which it is no longer in force. Empty: never.")
          @Nullable LocalDate to,
      @Description(
              "Conditions, all of which must hold. A key is a FOCUS column (charges), cluster,"
                  + " namespace, workload_id, workload_kind, scheduler, user, partition or qos"
                  + " (workloads), or a normalised tag (both): team, project, environment, model."
                  + " Its value is the required value.")
          Map<String, String> where,
      @Description("What the rule assigns.") @Nullable Assign assign,
      @Description(
              "Set to true to take team, project, environment and model from the normalised"
                  + " tags instead of assign.")
          boolean assignFromTags) {
    public Rule {
      where = Map.copyOf(where);
      if (to != null && from != null && !to.isAfter(from)) {
        throw new IllegalArgumentException("rule '" + id + "' ends before it begins");
      }
      if (assignFromTags == (assign != null)) {
        throw new IllegalArgumentException(
            "rule '" + id + "' needs either assign or assign_from_tags");
      }
      if (where.isEmpty() != assignFromTags) {
        throw new IllegalArgumentException(
            "rule '" + id + "' needs a condition in where (none with assign_from_tags)");
      }
    }
  }

  /** The kinds of rules, in the order in which they apply. */
  public enum Kind {
    OVERRIDE,
    TAG,
    NAMESPACE,
    ACCOUNT
  }

  /** The values that a rule assigns. */
  public record Assign(
      @Required @Description("Team id.") String team,
      @Description("Project.") @Nullable String project,
      @Description("Environment.") @Nullable String environment,
      @Description("AI model (product) that the cost belongs to.") @Nullable String model) {}
}
