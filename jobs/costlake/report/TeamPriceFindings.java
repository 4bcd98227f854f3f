package costlake.report;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what an accelerator-hour costs each team of the company, and why. Compares models that
 * several teams have.
 */
final class TeamPriceFindings {
  private static final int RATIO_DIGITS = 9;
  private static final int PRICE_DIGITS = 4;

  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  TeamPriceFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /**
   * What an hour of an accelerator costs a team, or all teams together.
   *
   * @param team name of the team; null for the company
   * @param row printed row of the accelerator
   */
  public record TeamPrice(@Nullable String team, PrintedRow row) {
    AcceleratorPrice price() {
      return AcceleratorPrice.of(row);
    }

    /** Returns what is paid for an hour. */
    public BigDecimal paid() {
      return price().paid();
    }

    /** Returns the share of hours under commitments; null if it is unknown. */
    public @Nullable BigDecimal committed() {
      return row.decimalOrNull("committed_ratio");
    }

    /** Returns the share of hours of spot capacity; null if it is unknown. */
    public @Nullable BigDecimal spot() {
      return row.decimalOrNull("spot_ratio");
    }

    /** Returns the share of all other hours; null if one of the shares is unknown. */
    public @Nullable BigDecimal onDemand() {
      BigDecimal committed = committed();
      BigDecimal spot = spot();
      return committed == null || spot == null
          ? null
          : BigDecimal.ONE.subtract(committed).subtract(spot);
    }

    /** Returns the share of provisioned hours that were free or not used; null if unknown. */
    public @Nullable BigDecimal idle() {
      BigDecimal provisioned = row.decimalOrNull("provisioned_hours");
      BigDecimal free = row.decimalOrNull("node_idle_hours");
      BigDecimal unused = row.decimalOrNull("workload_idle_hours");
      return provisioned == null || provisioned.signum() <= 0 || free == null || unused == null
          ? null
          : free.add(unused).divide(provisioned, RATIO_DIGITS, RoundingMode.HALF_UP);
    }

    /** Returns the cost of an hour in which the accelerator did work; null if it is unknown. */
    public @Nullable BigDecimal active() {
      BigDecimal cost = row.decimalOrNull("cost_per_active_hour");
      return cost == null ? null : cost.setScale(PRICE_DIGITS, RoundingMode.HALF_UP);
    }

    private String model() {
      return row.text("accelerator_model");
    }
  }

  /** Returns the prices by model, the dearest team first and the company last. */
  public List<TeamPrice> rows() {
    List<TeamPrice> rows = new ArrayList<>();
    for (List<TeamPrice> teams : models()) {
      rows.addAll(teams);
      company(teams.get(0)).ifPresent(rows::add);
    }
    return List.copyOf(rows);
  }

  /** Returns the teams of each model that several have, in the order of the company's models. */
  private List<List<TeamPrice>> models() {
    Map<List<Object>, List<TeamPrice>> teams =
        statement.rows("team_accelerators").stream()
            .filter(row -> row.decimalOrNull("paid_price") != null)
            .map(row -> new TeamPrice(row.text("team"), row))
            .sorted(comparing(TeamPrice::paid).reversed())
            .collect(groupingBy(team -> key(team.row())));
    return statement.rows("accelerators").stream()
        .map(row -> teams.getOrDefault(key(row), List.of()))
        .filter(ofModel -> ofModel.size() > 1)
        .toList();
  }

  /** What is compared: a model, apart where only the bill knows its hours. */
  private static List<Object> key(PrintedRow row) {
    return List.of(row.text("accelerator_model"), AcceleratorFindings.isBilledOnly(row));
  }

  private Optional<TeamPrice> company(TeamPrice team) {
    return statement.rows("accelerators").stream()
        .filter(row -> row.decimalOrNull("paid_price") != null)
        .filter(row -> key(row).equals(key(team.row())))
        .map(row -> new TeamPrice(null, row))
        .findFirst();
  }

  /** Says which teams pay most and least for an hour, and the largest reason; for each model. */
  public List<String> reasons() {
    return models().stream().flatMap(this::reasons).toList();
  }

  /** Says this for the model that costs most. */
  public List<String> leading() {
    return models().stream().limit(1).flatMap(this::reasons).toList();
  }

  private Stream<String> reasons(List<TeamPrice> teams) {
    return Stream.of(price(teams), use(teams)).flatMap(Stream::ofNullable);
  }

  private @Nullable String price(List<TeamPrice> teams) {
    TeamPrice most = teams.get(0);
    TeamPrice least = teams.get(teams.size() - 1);
    if (most.paid().compareTo(least.paid()) == 0) {
      return null;
    }
    String compared =
        words.say(
            "An hour of {0} costs {1} {2} for {3}, and {4} for {5}.",
            most.model(),
            statement.head().currency(),
            figures.price(most.paid()),
            name(most),
            figures.price(least.paid()),
            name(least));
    return compared + " " + reason(most, least);
  }

  private String reason(TeamPrice most, TeamPrice least) {
    return most.price()
        .reason(
            least.price(),
            figures,
            words,
            words.say(
                "Largest reason: spot and negotiated prices; {0} of the hours of {1} are spot,"
                    + " {2} of those of {3}.",
                figures.percent(most.spot()),
                name(most),
                figures.percent(least.spot()),
                name(least)),
            words.say(
                "Largest reason: commitments cover {0} of the hours of {1}, and {2} of those of"
                    + " {3}.",
                figures.percent(most.committed()),
                name(most),
                figures.percent(least.committed()),
                name(least)));
  }

  /** Says for which team an hour of work costs most, if idle hours make it so. */
  private @Nullable String use(List<TeamPrice> teams) {
    List<TeamPrice> known =
        teams.stream()
            .filter(team -> team.active() != null && team.idle() != null)
            .sorted(comparing((TeamPrice team) -> Objects.requireNonNull(team.active())).reversed())
            .toList();
    if (known.size() < 2) {
      return null;
    }
    TeamPrice most = known.get(0);
    TeamPrice least = known.get(known.size() - 1);
    BigDecimal idle = Objects.requireNonNull(most.idle());
    return idle.compareTo(Objects.requireNonNull(least.idle())) <= 0
        ? null
        : words.say(
            "An hour of work of {0} costs {1} {2} for {3}, where {4} of the hours are idle, and {5}"
                + " for {6}, where {7} are.",
            most.model(),
            statement.head().currency(),
            figures.price(most.active()),
            name(most),
            figures.percent(idle),
            figures.price(least.active()),
            name(least),
            figures.percent(least.idle()));
  }

  private static String name(TeamPrice team) {
    return SafeNames.shorten(SafeNames.plain(Objects.requireNonNull(team.team())), 40);
  }
}
