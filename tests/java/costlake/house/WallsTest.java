package costlake.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
  static final ArchRule packagesOfLandDoNotKnowEachOther =
      slices().matching("costlake.land.(aws|focus|prometheus)..").should().notDependOnEachOther();

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
          "costlake.night..");

  @ArchTest
  static final ArchRule mailCarriesStatementsAndBuildsNothing =
      unknownTo(
          "costlake.deliver..",
          "costlake.land..",
          "costlake.telemetry..",
          "costlake.build..",
          "costlake.model..",
          "costlake.night..");

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
  static final ArchRule telemetryAndLandDoNotBuild =
      noClasses()
          .that()
          .resideInAnyPackage("costlake.land..", "costlake.telemetry..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "costlake.build..", "costlake.model..", "costlake.report..", "costlake.night..");

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
