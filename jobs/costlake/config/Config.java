package costlake.config;

import costlake.core.Failure;
import costlake.core.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The validated configuration. Values come from the embedded defaults, the files of the
 * configuration folder, {@code env/NAME.yml}, and {@code --set key=value}. Later values replace
 * earlier values.
 *
 * @param sources sources that still deliver
 * @param retired sources that no longer deliver and whose deliveries still count
 * @param recorded settings that the last publication recorded; they read the deliveries of sources
 *     that are no longer configured, or that have another kind
 * @param mappings mapping of each source that has one, by the id of the source
 * @param home the configuration folder; paths of the configuration are already resolved against it
 */
public record Config(
    IssuingCompany company,
    LakeConfig lake,
    SparkConfig spark,
    Limits limits,
    MaintenanceConfig maintenance,
    StatementConfig statement,
    CloseConfig close,
    ApprovalsConfig approvals,
    WatchConfig watch,
    MailConfig mail,
    ServeConfig serve,
    List<Source> sources,
    List<Source> retired,
    Map<SourceSettings.Key, SourceSettings> recorded,
    Owners owners,
    Allocation allocation,
    List<Budget> budgets,
    List<AlertRoute> alertRoutes,
    List<TagRule> tagRules,
    List<Quota> quotas,
    AcceleratorNames acceleratorNames,
    Map<String, UserMapping> mappings,
    Path home) {

  static final List<String> FILES =
      List.of(
          "costlake.yml",
          "sources.yml",
          "owners.yml",
          "allocation.yml",
          "budgets.yml",
          "alerts.yml",
          "tags.yml",
          "quotas.yml");

  public Config {
    sources = List.copyOf(sources);
    retired = List.copyOf(retired);
    budgets = List.copyOf(budgets);
    alertRoutes = List.copyOf(alertRoutes);
    tagRules = List.copyOf(tagRules);
    quotas = List.copyOf(quotas);
    recorded = Map.copyOf(recorded);
    mappings = Map.copyOf(mappings);
  }

  /** Returns the embedded defaults. Relative paths start at {@code home}. */
  public static Config defaults(Path home) {
    return from(new Settings(embedded(new Problems()), home), System.getenv()::get);
  }

  /**
   * Loads a configuration folder.
   *
   * @param environment name of a file in {@code env/} without its ending; null for none
   * @param sets keys and values that replace all others, e.g. {@code lake.format=delta}
   * @throws Failure with exit code 2 that lists every problem with file and line
   */
  public static Config load(Path folder, @Nullable String environment, Map<String, String> sets) {
    return from(Settings.read(folder, environment, sets), System.getenv()::get);
  }

  static Config from(Settings settings, Function<String, String> environment) {
    Problems problems = new Problems();
    ConfigValue.Section resolved = new Secrets(environment, problems).resolve(settings.entries());
    Optional<ConfigDocument> bound = new Binder(problems).bind(ConfigDocument.class, resolved, "");
    BudgetChecks.check(resolved, settings, problems);
    QuotaChecks.check(resolved, settings, problems);
    problems.throwIfAny();
    ConfigDocument document = bound.orElseThrow();
    Problems crossed = CrossChecks.of(document, settings);
    AlertRouteChecks.check(document, settings, crossed);
    Map<String, UserMapping> mappings = Mappings.of(document.sources(), settings, crossed);
    crossed.throwIfAny();
    return document.at(settings.home(), mappings);
  }

  static ConfigValue.Section embedded(Problems problems) {
    ConfigValue merged = ConfigValue.Section.empty(Origin.whole("defaults"));
    for (String file : FILES) {
      merged = merged.overlaid(Yaml.parse(resource("/conf/" + file), "default " + file, problems));
    }
    return (ConfigValue.Section) merged;
  }

  private static String resource(String path) {
    try (InputStream in = Config.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the embedded " + path, e);
    }
  }

  /** Returns all sources, including the retired sources. */
  public List<Source> everySource() {
    return Stream.concat(sources.stream(), retired.stream()).toList();
  }

  /**
   * Returns this configuration with only one of its sources.
   *
   * @throws Failure with exit code 2 if there is no such source
   */
  public Config withSource(String id) {
    List<Source> one = sources.stream().filter(source -> source.id().equals(id)).toList();
    if (one.isEmpty()) {
      List<String> ids = sources.stream().map(Source::id).toList();
      throw Failure.operator(
          "Cannot find source '%s' in sources.yml.%s The sources are: %s",
          id, Nearest.hint(id, ids), String.join(", ", ids));
    }
    return with(one, retired, recorded, mappings);
  }

  /** Returns this configuration with the settings that the facts of a publication record. */
  public Config withRecorded(Map<String, String> facts) {
    return with(sources, retired, SourceSettings.recorded(facts), mappings);
  }

  /** Returns this configuration with one source, whose files a mapping describes. */
  public Config mapped(String source, UserMapping mapping) {
    Source files =
        Source.ofFiles(source, UserMapping.KIND, home, mapping.text().file(), Map.of(), null);
    return with(List.of(files), List.of(), Map.of(), Map.of(source, mapping));
  }

  /**
   * Returns this configuration with one source whose kind describes its files.
   *
   * @param columns name of a column in the file, by the name of the column in the relation
   * @param zone zone of times without an offset; null if nobody stated it
   */
  public Config reading(
      String source, SourceKind kind, Map<String, String> columns, @Nullable ZoneId zone) {
    Source files = Source.ofFiles(source, kind.id(), home, null, columns, zone);
    return with(List.of(files), List.of(), Map.of(), Map.of());
  }

  /** Returns this configuration with its lake in another folder. */
  public Config inLake(Path root) {
    return with(lake.at(root), sources, retired, recorded, mappings);
  }

  private Config with(
      List<Source> others,
      List<Source> retiredOthers,
      Map<SourceSettings.Key, SourceSettings> settings,
      Map<String, UserMapping> mapped) {
    return with(lake, others, retiredOthers, settings, mapped);
  }

  private Config with(
      LakeConfig place,
      List<Source> others,
      List<Source> retiredOthers,
      Map<SourceSettings.Key, SourceSettings> settings,
      Map<String, UserMapping> mapped) {
    return new Config(
        company,
        place,
        spark,
        limits,
        maintenance,
        statement,
        close,
        approvals,
        watch,
        mail,
        serve,
        others,
        retiredOthers,
        settings,
        owners,
        allocation,
        budgets,
        alertRoutes,
        tagRules,
        quotas,
        acceleratorNames,
        mapped,
        home);
  }

  /** Returns the limits for the deliveries of a source. */
  public Limits limits(String source) {
    return everySource().stream()
        .filter(one -> one.id().equals(source))
        .findFirst()
        .map(Source::duplicateRows)
        .map(limits::with)
        .orElse(limits);
  }

  /** Returns the mapping of a source; empty if its kind describes its files. */
  public Optional<UserMapping> mapping(String source) {
    return Optional.ofNullable(mappings.get(source));
  }

  /**
   * Returns the settings with which deliveries of a source and kind are read: the configured
   * settings; or, if the source is not configured with this kind, the recorded settings.
   */
  public SourceSettings settings(SourceSettings.Key key) {
    return everySource().stream()
        .filter(source -> source.id().equals(key.source()) && source.kind().equals(key.kind()))
        .findFirst()
        .map(SourceSettings::of)
        .orElseGet(() -> recorded.getOrDefault(key, SourceSettings.NONE));
  }

  /** Returns the language and number format of a team, a cost centre or the company. */
  public Locale locale(String receiver) {
    return Locale.forLanguageTag(
        owners.receiver(receiver).map(Owners.Receiver::language).orElse(statement.locale()));
  }

  /** Returns the merged settings as written, with the origin of each value and without secrets. */
  public static Settings settings(
      Path folder, @Nullable String environment, Map<String, String> sets) {
    return Settings.read(folder, environment, sets);
  }

  /** Returns the file of the configuration folder that extends a reference list. */
  public Optional<Path> reference(String list) {
    return Optional.of(home.resolve("reference").resolve(list + ".csv")).filter(Files::exists);
  }
}
