package costlake.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.implement;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import costlake.decide.DecisionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks which packages may depend on which. */
@AnalyzeClasses(packages = "costlake", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
  @ArchTest
  static final ArchRule coreImportsTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("costlake.core")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "costlake.core",
              "java..",
              "org.jspecify.annotations",
              "com.google.errorprone.annotations");

  @ArchTest
  static final ArchRule configReadsFilesNotTables =
      unknownTo("costlake.config..", "org.apache.spark..", "costlake.lake..");

  @ArchTest
  static final ArchRule modelKnowsNoSpark =
      unknownTo("costlake.model..", "org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule detectorsKnowNoSpark =
      unknownTo("costlake.incident..", "org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule forecastsKnowNoSpark =
      unknownTo("costlake.forecast..", "org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule packagesOfLandDoNotKnowEachOther =
      slices()
          .matching("costlake.land.(aws|focus|mlflow|prometheus|sagemaker)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule formatsAndMappingsDoNotKnowEachOther =
      slices()
          .matching("costlake.land.read.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              resideInAPackage("costlake.land.read.."),
              resideInAPackage("costlake.land.read.rows"));

  @ArchTest
  static final ArchRule formatsDoNotKnowWhoReadsThem =
      noClasses()
          .that()
          .resideInAPackage("costlake.land.read.*..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("costlake.land", "costlake.land.read");

  @ArchTest
  static final ArchRule decisionsAreDefinedBelowTheLake =
      knowsOnly("costlake.decide", "costlake.core");

  @ArchTest
  static final ArchRule theLakeKnowsNoKindOfDecisionAndNoMessage =
      knowsOnly("costlake.lake", "costlake.core", "costlake.config", "costlake.decide");

  @ArchTest
  static final ArchRule theOutboxKnowsNoChannel =
      knowsOnly("costlake.outbox", "costlake.core", "costlake.decide", "costlake.lake");

  @ArchTest
  static final ArchRule alertsKnowNoKindOfAlert =
      knowsOnly(
          "costlake.alert",
          "costlake.core",
          "costlake.config",
          "costlake.decide",
          "costlake.lake",
          "costlake.outbox");

  /** The lake finds only the kinds that {@code META-INF/services} lists. */
  @ArchTest
  static void everyKindOfDecisionIsRegistered(JavaClasses classes) {
    List<String> kinds =
        classes.stream()
            .filter(type -> type.isAssignableTo(DecisionKind.class))
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .map(JavaClass::getName)
            .toList();
    assertThat(DecisionKind.registered())
        .extracting(kind -> kind.getClass().getName())
        .containsExactlyInAnyOrderElementsOf(kinds)
        .contains("costlake.close.CloseDecisionKind", "costlake.deliver.MailChannel");
  }

  @ArchTest
  static final ArchRule theRendererKnowsNoPage =
      noClasses()
          .that()
          .haveFullyQualifiedName("costlake.report.Pages")
          .should()
          .dependOnClassesThat(
              simpleNameEndingWith("Findings")
                  .or(simpleNameEndingWith("Chart"))
                  .or(implement("costlake.report.PageValues")));

  /** Templates read only the values that {@code META-INF/services} lists. */
  @ArchTest
  static void theValuesOfEveryPageAreRegistered(JavaClasses classes) throws IOException {
    List<String> pages =
        classes.stream()
            .filter(implement("costlake.report.PageValues"))
            .map(JavaClass::getName)
            .toList();
    assertThat(Files.readAllLines(Path.of("jobs/META-INF/services/costlake.report.PageValues")))
        .containsExactlyInAnyOrderElementsOf(pages)
        .contains("costlake.report.TrainingValues");
  }

  @ArchTest
  static final ArchRule nothingImportsTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("costlake.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("costlake.cli..");

  @ArchTest
  static final ArchRule onlyTheLakeWritesTables =
      noClasses()
          .that()
          .resideOutsideOfPackages("costlake.lake..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.iceberg..", "io.delta..", "org.apache.spark.sql.delta..");

  @ArchTest
  static final ArchRule statementsReadTablesOnly =
      unknownTo(
          "costlake.report..",
          "costlake.land..",
          "costlake.telemetry..",
          "costlake.build..",
          "costlake.lake..",
          "costlake.model..",
          "costlake.night..",
          "costlake.close..");

  @ArchTest
  static final ArchRule theSiteShowsStatementsAndReadsNothing =
      unknownTo("costlake.site..", "org.apache.spark..", "costlake.lake..", "costlake.night..");

  @ArchTest
  static final ArchRule closingReadsWhatTheNightPublished =
      unknownTo(
          "costlake.close..",
          "costlake.land..",
          "costlake.telemetry..",
          "costlake.build..",
          "costlake.model..",
          "costlake.night..",
          "costlake.outbox..",
          "costlake.deliver..");

  @ArchTest
  static final ArchRule mailCarriesStatementsAndBuildsNothing =
      unknownTo(
          "costlake.deliver..",
          "costlake.land..",
          "costlake.telemetry..",
          "costlake.build..",
          "costlake.model..",
          "costlake.night..",
          "costlake.close..");

  @ArchTest
  static final ArchRule onlyDeliverSpeaksToMailServers =
      noClasses()
          .that()
          .resideOutsideOfPackage("costlake.deliver..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.mail..", "software.amazon.awssdk.services.sesv2..");

  @ArchTest
  static final ArchRule theEndpointReadsTablesOnly =
      unknownTo(
          "costlake.serve..",
          "costlake.land..",
          "costlake.telemetry..",
          "costlake.build..",
          "costlake.night..",
          "costlake.report..");

  @ArchTest
  static final ArchRule assistantsReadThroughGuardedQueriesOnly =
      unknownTo(
          "costlake.assist..",
          "costlake.lake..",
          "costlake.land..",
          "costlake.telemetry..",
          "costlake.build..",
          "costlake.night..",
          "costlake.report..");

  @ArchTest
  static final ArchRule telemetryAndLandDoNotBuild =
      noClasses()
          .that()
          .resideInAnyPackage("costlake.land..", "costlake.telemetry..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "costlake.build..", "costlake.model..", "costlake.report..", "costlake.night..");

  @ArchTest
  static final ArchRule theKernelOfSeriesKnowsNoSource =
      classes()
          .that()
          .resideInAPackage("costlake.telemetry.series")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "costlake.telemetry.series",
              "java..",
              "org.jspecify.annotations",
              "com.google.errorprone.annotations");

  @ArchTest
  static final ArchRule responsesOfPrometheusKnowNoFamily =
      unknownTo(
          "costlake.telemetry.prometheus",
          "costlake.telemetry.k8s..",
          "costlake.telemetry.serving..");

  @ArchTest
  static final ArchRule familiesOfTelemetryDoNotKnowEachOther =
      slices()
          .matching("costlake.telemetry.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              resideInAPackage("costlake.telemetry.."),
              resideInAnyPackage("costlake.telemetry.series", "costlake.telemetry.prometheus"));

  @ArchTest
  static final ArchRule familiesAreReachedThroughTelemetry =
      noClasses()
          .that()
          .resideOutsideOfPackage("costlake.telemetry..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("costlake.telemetry.k8s..", "costlake.telemetry.serving..");

  /** Makers, schedulers and protocols are known to families, not to what computes hours. */
  @ArchTest
  static void theKernelOfSeriesNamesNoMaker(JavaClasses classes) throws IOException {
    Pattern maker =
        Pattern.compile(
            "\\b(kubernetes|k8s|pods?|prometheus|slurm|nvidia|dcgm|mig|amd|tpu|neuron|gpu|vllm|tgi|triton)\\b",
            Pattern.CASE_INSENSITIVE);
    try (Stream<Path> files = Files.list(Path.of("jobs/costlake/telemetry/series"))) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(maker);
      }
    }
  }

  @ArchTest
  static final ArchRule sampleDataDependsOnNoPackageItFeeds =
      unknownTo(
          "costlake.sample..",
          "costlake.land..",
          "costlake.telemetry..",
          "costlake.build..",
          "costlake.lake..",
          "costlake.report..",
          "costlake.night..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("costlake.(*)..").should().beFreeOfCycles();

  /** Returns the rule that a package knows no other package of Costlake than {@code others}. */
  private static ArchRule knowsOnly(String name, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(name)
        .should()
        .dependOnClassesThat(
            resideInAPackage("costlake..")
                .and(not(resideInAnyPackage(others)))
                .and(not(resideInAPackage(name))));
  }

  /** Returns the rule that no class of {@code packages} may depend on a class of {@code others}. */
  private static ArchRule unknownTo(String packages, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }
}
