# The server alone: docs/operations.md says how to run it. Node runs its TypeScript as it is; only its pages are built.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# better-sqlite3 brings its compiled library, so no package needs to run a script.
RUN npm ci --omit=dev --ignore-scripts && mkdir /data

FROM node:24-bookworm-slim AS pages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.base.json ./
COPY src/contract src/contract
COPY src/renderer src/renderer
COPY server/web server/web
COPY build/icons build/icons
COPY docs/sources docs/sources
COPY scripts/build-pages.ts scripts/
COPY scripts/start scripts/start
RUN node scripts/build-pages.ts

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4310 DATABASE_URL=file:/data/ticketrail.db
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY src/contract src/contract
COPY src/sqlite src/sqlite
COPY src/paper src/paper
COPY src/capture src/capture
COPY server/src server/src
# The server draws its pages, with their words, before their scripts go on.
COPY server/web server/web
COPY src/renderer src/renderer
COPY --from=pages /app/dist/pages dist/pages
# backup, restore, import, check and move, with what they read.
COPY src/core src/core
COPY src/adapters src/adapters
COPY scripts/backup.ts scripts/restore.ts scripts/import.ts scripts/check.ts scripts/move.ts scripts/
COPY scripts/backup scripts/backup
COPY scripts/import scripts/import
COPY scripts/check scripts/check
COPY scripts/move scripts/move
COPY --from=packages --chown=node:node /data /data
USER node
VOLUME /data
EXPOSE 4310
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/src/main.ts"]
