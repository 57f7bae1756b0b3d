package dev.hone;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.hone.frontend.capture.Conversations;
import dev.hone.network.Network;
import dev.hone.outcome.Balance;
import dev.hone.outcome.Calibration;
import dev.hone.outcome.Estimate;
import dev.hone.outcome.Feedback;
import dev.hone.outcome.Lift;
import dev.hone.outcome.Lifts;
import dev.hone.outcome.Prices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrows point down only: Server, doors, paths, stages, ports, vocabulary. */
class ArchitectureTest {

  private static final JavaClasses HONE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.hone");

  private static final String EXPERIENCE = "dev.hone.experience..";
  private static final String PORT = "dev.hone.port..";
  private static final String SIMILARITY = "dev.hone.similarity..";
  private static final String WIRE = "dev.hone.wire..";

  @Test
  void theVocabularyDependsOnNothingOfOurs() {
    dependsOnlyOn(EXPERIENCE);
  }

  @Test
  void similarityDependsOnlyOnItselfAndLibraries() {
    dependsOnlyOn(SIMILARITY);
  }

  @Test
  void theProtocolDependsOnlyOnTheVocabulary() {
    dependsOnlyOn(WIRE, EXPERIENCE);
  }

  @Test
  void portsDependOnlyOnTheVocabulary() {
    dependsOnlyOn(PORT, EXPERIENCE);
  }

  @Test
  void settingsDependOnNothingOfOurs() {
    dependsOnlyOn("dev.hone.config..");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.hone.frontend.capture..",
        "dev.hone.frontend.episode..",
        "dev.hone.frontend.redact..",
        "dev.hone.frontend.distill..",
        "dev.hone.frontend.classify..",
        "dev.hone.frontend.augment..",
        "dev.hone.backend.store..",
        "dev.hone.backend.retrieve..",
        "dev.hone.backend.admit..",
        "dev.hone.backend.refine..",
        "dev.hone.outcome..",
        "dev.hone.network..",
        "dev.hone.model.."
      })
  void stagesKnowPortsVocabularySimilarityAndProtocolAndNeverOneAnother(String stage) {
    dependsOnlyOn(stage, PORT, EXPERIENCE, SIMILARITY, WIRE);
  }

  @Test
  void everyPackageBelowFrontendAndBackendIsAStage() {
    classes()
        .that()
        .resideInAnyPackage("dev.hone.frontend..", "dev.hone.backend..")
        .should()
        .resideInAnyPackage(
            "dev.hone.frontend.capture..",
            "dev.hone.frontend.episode..",
            "dev.hone.frontend.redact..",
            "dev.hone.frontend.distill..",
            "dev.hone.frontend.classify..",
            "dev.hone.frontend.augment..",
            "dev.hone.backend",
            "dev.hone.backend.store..",
            "dev.hone.backend.retrieve..",
            "dev.hone.backend.admit..",
            "dev.hone.backend.refine..")
        .because("a new stage belongs into the list of stages above")
        .check(HONE);
  }

  @Test
  void theBackendPutsAdmissionAndRefinementTogether() {
    dependsOnlyOn(
        "dev.hone.backend",
        "dev.hone.backend.admit..",
        "dev.hone.backend.refine..",
        PORT,
        EXPERIENCE,
        SIMILARITY);
  }

  @Test
  void doorsKnowThePathsAndTheEntriesOfStages() {
    DescribedPredicate<JavaClass> entries =
        belongToAnyOf(
            Network.class,
            Feedback.class,
            Lifts.class,
            Lift.class,
            Calibration.class,
            Balance.class,
            Estimate.class,
            Prices.class,
            Conversations.class);
    classes()
        .that()
        .resideInAPackage("dev.hone.http..")
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("dev.hone.."))
                .or(resideInAnyPackage("dev.hone", "dev.hone.http..", PORT, EXPERIENCE, WIRE))
                .or(entries)
                .as("paths, ports, vocabulary, protocol, or entries of stages"))
        .check(HONE);
  }

  @Test
  void onlyTheRootKnowsTheDoors() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.hone", "dev.hone.http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.hone.http..")
        .check(HONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sql\\w+",
        "Lucene\\w+",
        "Builtin\\w+",
        "Http\\w*Upstream",
        "LangChain\\w+",
        "Extractive\\w+",
        "Prompted\\w+"
      })
  void onlyServerNamesImplementations(String name) {
    DescribedPredicate<JavaClass> server = belongToAnyOf(Server.class);
    for (JavaClass implementation :
        HONE.that(
            DescribedPredicate.describe(
                "named " + name, each -> each.getSimpleName().matches(name)))) {
      classes()
          .that(belongToAnyOf(implementation.reflect()))
          .should()
          .onlyHaveDependentClassesThat(
              server.or(resideInAPackage(implementation.getPackageName())))
          .check(HONE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SqlPool",
        "LuceneProjection",
        "BuiltinUpstream",
        "HttpUpstream",
        "LangChainModel",
        "ExtractiveDistiller",
        "PromptedCondenser"
      })
  void theImplementationsThatOnlyServerNamesAreThere(String name) {
    assertThat(HONE).anyMatch(each -> each.getSimpleName().equals(name));
  }

  @Test
  void noPackagesBelowTheRootFormACycle() {
    slices().matching("dev.hone.(**)").should().beFreeOfCycles().check(HONE);
  }

  @Test
  void noTopicsBelowTheRootFormACycle() {
    slices().matching("dev.hone.(*)..").should().beFreeOfCycles().check(HONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Util", "Utils", "Manager", "Impl", "Helper", "Helpers"})
  void classesAreNamedAfterWhatTheyAre(String vague) {
    noClasses().should().haveSimpleNameEndingWith(vague).check(HONE);
  }

  private static void dependsOnlyOn(String packages, String... below) {
    classes()
        .that()
        .resideInAPackage(packages)
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("dev.hone.."))
                .or(resideInAPackage(packages))
                .or(resideInAnyPackage(below))
                .as("in %s, %s or libraries", packages, String.join(", ", below)))
        .check(HONE);
  }
}
