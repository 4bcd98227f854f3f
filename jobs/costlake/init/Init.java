package costlake.init;

import costlake.config.Config;
import costlake.config.CurrencyCode;
import costlake.config.SourceKind;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Message;
import costlake.core.Progress;
import costlake.init.Proposal.BillSource;
import costlake.land.Landing;
import costlake.land.Recognition;
import costlake.land.Recognition.Found;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** Writes a first configuration for a bill. A night can run with it without changes. */
public final class Init {
  private static final String UNKNOWN = "Unknown";

  private Init() {}

  /**
   * Recognises the bills, records and telemetry at a path.
   *
   * @throws Failure with exit code 2 if no bill is recognised, because teams come from bills, or if
   *     the configuration folder is not empty
   */
  public static Recognition.Result recognise(Path from, Path conf) {
    refuseNonEmpty(conf);
    Recognition.Result found = Recognition.of(from);
    if (found.bills().isEmpty()) {
      throw Failure.operator("%s", withoutBill(from, found));
    }
    return found;
  }

  private static String withoutBill(Path from, Recognition.Result found) {
    return found.others().isEmpty()
        ? Message.of(
            """
            Cannot propose a configuration: %s holds no bill, by which teams can be proposed. Add a
            bill, or add the source to a configuration that exists: costlake add-source KIND %s
            """,
            from, from)
        : found.others().get(0).why();
  }

  private static void refuseNonEmpty(Path conf) {
    String[] names = conf.toFile().list();
    if (Files.isRegularFile(conf) || (names != null && names.length > 0)) {
      throw Failure.operator(
          """
          Cannot write a configuration to %s: it is not an empty folder. Name a folder that is new
          or empty.
          """,
          conf);
    }
  }

  /** Reads the recognised bills, writes the configuration, and reports what was written. */
  public static InitReport write(
      SparkSession spark, Config defaults, Recognition.Result found, Path conf, Progress progress) {
    progress.begin("Reading", -1, "files");
    List<String> notices = new ArrayList<>();
    List<Delivery> deliveries = deliveries(defaults, found.bills(), notices);
    Proposal proposal;
    try (BillReader reader = BillReader.of(spark, defaults, deliveries)) {
      proposal = proposal(defaults, found, conf, reader);
    }
    progress.end();
    ConfigurationText.of(proposal).write();
    Config.load(conf, null, Map.of());
    return InitReport.of(proposal, notices);
  }

  private static List<Delivery> deliveries(
      Config defaults, List<Found> bills, List<String> notices) {
    List<Delivery> deliveries = new ArrayList<>();
    for (Found bill : bills) {
      Landing.Given given = Landing.adHoc(defaults, bill.files(), Optional.of(bill.kind()));
      deliveries.addAll(given.deliveries());
      notices.addAll(given.notices());
    }
    return deliveries;
  }

  private static Proposal proposal(
      Config defaults, Recognition.Result found, Path conf, BillReader reader) {
    BillSurvey survey = reader.survey();
    if (survey.charges() == 0) {
      throw Failure.data(
          """
          Cannot propose a configuration: no row of the bill can be read. To see the reason for each
          row, run: costlake convert BILL --to out
          """);
    }
    Map<String, List<String>> spellings = new TreeMap<>(defaults.owners().tags().keys());
    Ids ids = new Ids();
    return new Proposal(
        conf,
        company(survey),
        survey.cost().keySet().stream()
            .filter(CurrencyCode::isValid)
            .findFirst()
            .orElse(defaults.company().currency()),
        sources(found.bills(), survey, conf, ids),
        others(found, conf, ids),
        found.lists(),
        survey,
        ProposedTeams.of(survey, spellings, reader::values),
        others(survey, spellings));
  }

  private static String company(BillSurvey survey) {
    return survey.accounts().stream()
        .map(BillSurvey.Account::payerName)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("My company");
  }

  private static Map<String, List<String>> others(
      BillSurvey survey, Map<String, List<String>> spellings) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    spellings.forEach(
        (tag, keys) -> {
          List<String> here = ProposedTeams.found(survey.tags(), keys);
          if (!tag.equals("team") && !here.isEmpty()) {
            found.put(tag, here);
          }
        });
    return found;
  }

  private static List<SourceEntry> others(Recognition.Result found, Path conf, Ids ids) {
    return found.found().stream()
        .filter(one -> !one.kind().isBill())
        .map(
            one ->
                SourceEntry.found(
                    ids.unique(one.kind().id()),
                    one,
                    ConfigurationPaths.of(conf).to(one.location())))
        .toList();
  }

  private static List<BillSource> sources(
      List<Found> bills, BillSurvey survey, Path conf, Ids ids) {
    return bills.stream()
        .map(
            bill -> {
              Set<String> providers =
                  bill.files().stream()
                      .flatMap(file -> survey.providers().getOrDefault(file, Set.of()).stream())
                      .map(name -> name == null ? UNKNOWN : name)
                      .collect(Collectors.toSet());
              return new BillSource(
                  ids.unique(id(bill.kind(), providers)),
                  bill.kind().id(),
                  ConfigurationPaths.of(conf).to(bill.location()),
                  !providers.contains(UNKNOWN),
                  bill.files().size());
            })
        .toList();
  }

  /**
   * Returns an id for a source: the provider of the kind; otherwise the only provider in the bill,
   * and the kind; otherwise the kind.
   */
  private static String id(SourceKind kind, Set<String> providers) {
    if (kind.provider() != null) {
      return Ids.of(kind.provider());
    }
    return providers.size() == 1 && !providers.contains(UNKNOWN)
        ? Ids.of(providers.iterator().next()) + "-" + kind.id()
        : kind.id();
  }
}
