package costlake.config;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Teams, and the dated rules that say who owns a charge. */
public record Owners(
    @Description("Owner of the cost that no rule assigns.") @Nullable LastResort lastResort,
    @Description("The teams that receive statements.") List<Team> teams,
    @Description("Who receives the statements of cost centres and of the company, and how.")
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

  /** Everybody who is configured to receive a statement: teams, then groups. */
  public List<Receiver> receivers() {
    return Stream.<Receiver>concat(teams.stream(), groups.stream()).toList();
  }

  /** The configured team, cost centre or company with an id. */
  public Optional<Receiver> receiver(String id) {
    return receivers().stream().filter(r -> r.id().equals(id)).findFirst();
  }

  /** The owner of last resort. */
  public record LastResort(@Required @Description("Team id.") String team) {}

  /** Whom a statement is for: a team, a cost centre or the company. */
  public sealed interface Receiver permits Team, Group {
    /** The id in statements and {@code reporting.*}; only ids of teams have no dot. */
    String id();

    /** Name printed; null when none is configured. */
    @Nullable String name();

    /** Recipients of the statement. */
    List<String> email();

    /** Recipients of a copy. */
    List<String> cc();

    /** Whether statements are sent to nobody. */
    boolean noMail();

    /** Language and number format; null for the common one. */
    @Nullable String language();

    /** Currency in which statements say the total too; null when none. */
    @Nullable String reportingCurrency();

    /** Whoever receives the statement or a copy of it. */
    default List<String> recipients() {
      return Stream.concat(email().stream(), cc().stream()).toList();
    }
  }

  /** A team. */
  public record Team(
      @Required @Description("Short name, unique.") String id,
      @Required @Description("Name printed on statements.") String name,
      @Description("Cost centre printed on statements.") @Nullable String costCentre,
      @Description("Recipients of the statement.") List<String> email,
      @Description("Recipients of a copy.") List<String> cc,
      @Description("Whether this team's statement is not sent by mail.") boolean noMail,
      @Description("Language and number format, e.g. de-DE. Empty: statement.locale.")
          @Nullable String language,
      @Description(
              "Currency, ISO 4217, in which its statements also show the total; see"
                  + " statement.exchange_rates.")
          @Nullable String reportingCurrency)
      implements Receiver {
    public Team {
      email = addresses(email);
      cc = addresses(cc);
      StatementConfig.checkLocale(language);
      ExchangeRate.checkCurrency(reportingCurrency);
      if (!id.matches("[a-z0-9][a-z0-9_-]{0,62}")) {
        throw new IllegalArgumentException(
            "team id '" + id + "' must be lower-case letters, digits, - or _");
      }
    }
  }

  /** Settings of a cost centre or the company, where its statement differs from a team's. */
  public record Group(
      @Required
          @Description(
              "Which statement: centre. followed by a cost centre, e.g. centre.4410, or"
                  + " company.all.")
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
    private static final String COMPANY = "company.all";
    private static final String CENTRE = "centre.";

    public Group {
      email = addresses(email);
      cc = addresses(cc);
      StatementConfig.checkLocale(language);
      ExchangeRate.checkCurrency(reportingCurrency);
    }

    /** Ids of all groups that these teams make. */
    static List<String> ids(List<Team> teams) {
      return Stream.concat(
              Stream.of(COMPANY),
              teams.stream()
                  .map(Team::costCentre)
                  .filter(Objects::nonNull)
                  .distinct()
                  .map(CENTRE::concat))
          .toList();
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

  /** Normalisation of tags. */
  public record Tags(
      @Description("Canonical key to the keys that mean the same; the first match wins.")
          Map<String, List<String>> keys,
      @Description("Canonical key to a map from delivered values to canonical ones.")
          Map<String, Map<String, String>> values) {
    public Tags {
      keys = Map.copyOf(keys);
      values = Map.copyOf(values);
    }
  }

  /** A dated owner rule. */
  public record Rule(
      @Required @Description("Short name, unique; each charge records the rule that matched it.")
          String id,
      @Required @Description("override, tag, namespace or account, applied in this order.")
          Kind kind,
      @Description("First day on which the rule is in force. Empty: always.")
          @Nullable LocalDate from,
      @Description("First day on which it is no longer in force. Empty: never.")
          @Nullable LocalDate to,
      @Description(
              "Conditions, all of which must hold. A key is a FOCUS column (charges), cluster,"
                  + " namespace, workload_id or workload_kind (workloads), or a normalised tag"
                  + " (both): team, project, environment, model. Its value is the required value.")
          Map<String, String> where,
      @Description("What the rule assigns.") @Nullable Assign assign,
      @Description("Take team, project, environment and model from the normalised tags.")
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

  /** Kind of a rule, in order of precedence. */
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
