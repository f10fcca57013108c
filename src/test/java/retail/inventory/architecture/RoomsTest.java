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
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The import table of the design as a whitelist: a room may use itself, the rooms beside its name, and what is not ours.
 * Names are exact packages, so {@code journal} does not open {@code journal.file}. A room that is planned but not built
 * yet holds trivially; a package that is not in the table is refused.
 */
class RoomsTest {

    private static final String ROOT = "retail.inventory";

    private static final Map<String, Set<String>> MAY_ENTER = Map.ofEntries(
            entry("", Set.of("process")),
            entry("process", Set.of()),
            entry("stock", Set.of()),
            entry("disk", Set.of("process")),
            entry("journal", Set.of("stock")),
            entry("journal.file", Set.of("journal", "disk", "process")),
            entry("table", Set.of("stock", "disk")),
            entry("service", Set.of("stock", "journal", "table", "lease", "process")),
            entry("lease", Set.of("disk", "process")),
            entry("central", Set.of("stock", "journal", "disk", "process")),
            entry("admission", Set.of()),
            entry("web", Set.of("service", "central", "admission", "stock", "process")));

    /** Sees everything, for it shows how all of it is doing. */
    private static final String OPS = "ops";

    /** Logback makes them from logback-spring.xml, by their public constructors. */
    private static final Set<String> PUBLIC_BUT_FOR_A_FRAMEWORK = Set.of(
            ROOT + ".ops.LogFormat",
            ROOT + ".ops.OwnLines",
            ROOT + ".ops.Printable",
            ROOT + ".web.ForeignLines",
            ROOT + ".web.HttpProtocol");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    static Set<String> rooms() {
        return MAY_ENTER.keySet();
    }

    @ParameterizedTest(name = "room \"{0}\"")
    @MethodSource("rooms")
    void roomEntersOnlyWhatTheTableSays(String room) {
        classes()
                .that(areIn(room))
                .should()
                .onlyDependOnClassesThat(areAllowedIn(room))
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
    void everyClassIsInARoomOfTheTable() {
        classes()
                .should()
                .resideInAnyPackage(
                        MAY_ENTER.keySet().stream().map(RoomsTest::packageOf).toArray(String[]::new))
                .orShould()
                .resideInAPackage(packageOf(OPS))
                .check(HOUSE);
    }

    @Test
    void noRoomIsEnteredFromTheRoomsItEnters() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @ParameterizedTest
    @MethodSource("lastRooms")
    void roomsThatNobodyEntersHaveNothingPublic(String room) {
        noClasses()
                .that(areIn(room))
                .and(describe(
                        "are not made by a framework", one -> !PUBLIC_BUT_FOR_A_FRAMEWORK.contains(one.getName())))
                .should()
                .haveModifier(PUBLIC)
                .check(HOUSE);
    }

    static Set<String> lastRooms() {
        return Set.of("web", OPS);
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

    private static DescribedPredicate<JavaClass> areAllowedIn(String room) {
        Set<String> others = MAY_ENTER.getOrDefault(room, Set.of());
        return areIn(room)
                .or(describe(
                        "are in one of the rooms " + others,
                        one -> others.stream().anyMatch(in -> isIn(in, one))))
                .or(describe("are not ours", one -> !isBelow(ROOT, one)));
    }

    private static DescribedPredicate<JavaClass> areIn(String room) {
        return describe("are in room \"" + room + "\"", one -> isIn(room, one));
    }

    private static boolean isIn(String room, JavaClass one) {
        return one.getBaseComponentType().getPackageName().equals(packageOf(room));
    }

    /** Arrays count as what they hold; primitive types, which have no package, as the JDK's. */
    private static boolean isBelow(String parent, JavaClass one) {
        JavaClass type = one.getBaseComponentType();
        String name = type.isPrimitive() ? "java.lang" : type.getPackageName();
        return name.equals(parent) || name.startsWith(parent + ".");
    }

    private static String packageOf(String room) {
        return room.isEmpty() ? ROOT : ROOT + "." + room;
    }
}
