/**
 * The simulation: the real log, table, files, service and central copy on a disk, a clock and a scheduler that a seed
 * decides, held against an oracle of what anybody was told ({@code Simulation}); and one script on which every disk
 * operation fails once ({@code FaultSweepTest}).
 */
@NullMarked
package retail.inventory.simulation;

import org.jspecify.annotations.NullMarked;
