package dev.hone.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The lab asks Hone as anybody does, and its packages have an order. */
class LabArchitectureTest {

  private static final JavaClasses LAB =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.hone.lab");

  @Test
  void hardlyAnythingOfTheServerIsKnown() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.hone.backend..",
            "dev.hone.frontend..",
            "dev.hone.network..",
            "dev.hone.http..",
            "dev.hone.experience..")
        .because("experiments speak HTTP")
        .check(LAB);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("dev.hone.lab.(*)..").should().beFreeOfCycles().check(LAB);
  }

  @Test
  void classesAreNamedAfterWhatTheyAre() {
    noClasses().should().haveNameMatching(".*(Util|Utils|Manager|Impl|Helper|Helpers)").check(LAB);
  }
}
