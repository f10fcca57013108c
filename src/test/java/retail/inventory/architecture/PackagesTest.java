package retail.inventory.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The import table as a whitelist, which ARCHITECTURE.md links: a package may use itself, those beside its name, and what is not
 * ours. Names are exact, so {@code journal} does not open {@code journal.file}. A package that is not in the table is
 * refused.
 */
class PackagesTest {

    private static final String ROOT = "retail.inventory";

    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            entry("", Set.of("process", "command")),
            entry("process", Set.of()),
            entry("settings", Set.of()),
            entry("stock", Set.of()),
            entry("background", Set.of("process")),
            entry("files", Set.of("background", "process", "settings")),
            entry("journal", Set.of("stock", "process")),
            entry("journal.file", Set.of("journal", "stock", "files", "background", "process")),
            entry("table", Set.of("stock", "settings")),
            entry("checkpoint", Set.of("stock", "table", "files", "background")),
            entry("lease", Set.of("files", "process", "settings")),
            entry(
                    "service",
                    Set.of("stock", "journal", "table", "checkpoint", "lease", "background", "process", "settings")),
            entry("central", Set.of("stock", "journal", "files", "background", "process", "settings")),
            entry("audit", Set.of("stock", "journal", "central", "background", "settings")),
            entry("feed", Set.of("journal")),
            entry("access", Set.of("files", "background")),
            entry("admission", Set.of("settings")),
            entry("web", Set.of("access", "admission", "service", "stock", "journal", "feed", "process", "settings")),
            entry("web.tomcat", Set.of("web", "admission", "process")),
            entry("web.stock", Set.of("web", "access", "service", "stock")),
            entry("web.central", Set.of("web", "access", "central", "audit", "feed")),
            entry("web.feed", Set.of("web", "access", "feed", "journal", "central", "settings")),
            entry("web.docs", Set.of("web")),
            entry("history", Set.of("stock")),
            entry("prove", Set.of("history")),
            entry(
                    "command",
                    Set.of("access", "prove", "stock", "journal", "journal.file", "checkpoint", "central", "files")));

    /** Starts and ends everything but what shows how it is doing. */
    private static final String BOOT = "boot";

    /** Sees everything, for it shows how all of it is doing. */
    private static final String OPS = "ops";

    /** Logback makes them from logback-spring.xml, by their public constructors. */
    private static final Set<String> PUBLIC_BUT_FOR_A_FRAMEWORK = Set.of(
            ROOT + ".ops.LogFormat",
            ROOT + ".ops.OwnLines",
            ROOT + ".ops.ControlCharEscaper",
            ROOT + ".web.tomcat.TomcatLines",
            ROOT + ".web.tomcat.HttpProtocol");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    static Set<String> packages() {
        return MAY_IMPORT.keySet();
    }

    @ParameterizedTest(name = "package \"{0}\"")
    @MethodSource("packages")
    void packageImportsOnlyWhatTheTableSays(String name) {
        classes()
                .that(areIn(name))
                .should()
                .onlyDependOnClassesThat(areAllowedIn(name))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void rulesOfStockNeedNothingButTheJdk() {
        classes()
                .that(areIn("stock"))
                .should()
                .onlyDependOnClassesThat(areIn("stock")
                        .or(describe(
                                "are of the JDK or JSpecify",
                                one -> isBelow("java", one) || isBelow("org.jspecify", one))))
                .check(HOUSE);
    }

    @Test
    void everyClassIsInAPackageOfTheTable() {
        classes()
                .should()
                .resideInAnyPackage(MAY_IMPORT.keySet().stream()
                        .map(PackagesTest::packageOf)
                        .toArray(String[]::new))
                .orShould()
                .resideInAnyPackage(packageOf(BOOT), packageOf(OPS))
                .check(HOUSE);
    }

    /** So that bounds and the sentence about them do not differ. */
    @Test
    void boundsOfSettingsAreSaidByThePackageOfSettings() {
        noClasses()
                .that(DescribedPredicate.not(areIn("settings")))
                .should()
                .dependOnClassesThat(describe(
                        "are bounds without a sentence",
                        one -> Set.of(Min.class.getName(), Max.class.getName()).contains(one.getName())))
                .check(HOUSE);
    }

    @Test
    void noPackageIsImportedByThoseItImports() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @ParameterizedTest
    @MethodSource("lastPackages")
    void packagesThatNobodyImportsHaveNothingPublic(String name) {
        noClasses()
                .that(areIn(name))
                .and(describe(
                        "are not made by a framework", one -> !PUBLIC_BUT_FOR_A_FRAMEWORK.contains(one.getName())))
                .should()
                .haveModifier(PUBLIC)
                .check(HOUSE);
    }

    static Set<String> lastPackages() {
        return Set.of("web.tomcat", "web.stock", "web.central", "web.feed", "web.docs", OPS);
    }

    @Test
    void exceptionsFromPackagePrivateStillExist() {
        assertThat(HOUSE).extracting(JavaClass::getName).containsAll(PUBLIC_BUT_FOR_A_FRAMEWORK);
    }

    @Test
    void namesSayWhatAClassDoes() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Helpers")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(HOUSE);
    }

    private static DescribedPredicate<JavaClass> areAllowedIn(String name) {
        Set<String> others = MAY_IMPORT.getOrDefault(name, Set.of());
        return areIn(name)
                .or(describe(
                        "are in one of the packages " + others,
                        one -> others.stream().anyMatch(in -> isIn(in, one))))
                .or(describe("are not ours", one -> !isBelow(ROOT, one)));
    }

    private static DescribedPredicate<JavaClass> areIn(String name) {
        return describe("are in package \"" + name + "\"", one -> isIn(name, one));
    }

    private static boolean isIn(String name, JavaClass one) {
        return one.getBaseComponentType().getPackageName().equals(packageOf(name));
    }

    /** Arrays count as what they hold; primitive types, which have no package, as the JDK's. */
    private static boolean isBelow(String parent, JavaClass one) {
        JavaClass type = one.getBaseComponentType();
        String name = type.isPrimitive() ? "java.lang" : type.getPackageName();
        return name.equals(parent) || name.startsWith(parent + ".");
    }

    private static String packageOf(String name) {
        return name.isEmpty() ? ROOT : ROOT + "." + name;
    }
}
