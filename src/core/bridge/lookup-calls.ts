import { fail, ok } from '#contract/errors.ts';
import type { DisplayOptions } from '../display.ts';
import type { DisplayCore } from '../display-core.ts';
import { orderStory } from '../history/order-story.ts';
import { searchOrders } from '../history/search-orders.ts';
import type { Ports } from '../ports.ts';
import { queueView } from '../queue/waiting.ts';
import type { CallHandlers } from './call-handlers.ts';

/** The read-only calls. */
export function lookupCalls(core: DisplayCore, ports: Ports, options: DisplayOptions) {
  const { disks, history } = core;
  return {
    getBoard: () => ok(core.boardNow()),
    getStatus: () => ok(core.status()),
    getHistory: (query) => disks.read(() => history.page(query)),
    getPathFigures: () => disks.read(history.figures),
    exportHistory: ({ before }) => disks.read(() => history.export(before)),
    searchOrders: (query) => disks.readAsync(() => searchOrders(core, query)),
    getOrderStory: (which) => disks.readAsync(() => orderStory(core, which)),
    getQueue: () => disks.read(() => queueView(core)),
    getFailedCommands: () => ok([...core.failedCommands.all()]),
    getFigures({ range }) {
      const figures = disks.read(() => core.figures.of(range));
      if (!figures.ok) return figures;
      return figures.value ? ok(figures.value) : fail('unavailable', 'The store is not known yet.');
    },
    async exportDiagnosis() {
      if (!options.machine) return fail('unavailable', 'This host offers no diagnosis of its machine.');
      const { exportDiagnosis } = await import('../diagnosis/diagnosis.ts');
      return ok(await exportDiagnosis(core, ports, options, options.machine));
    },
  } satisfies Partial<CallHandlers>;
}
