# syntax=docker/dockerfile:1
# The build gives the same result on every processor, because better-sqlite3 contains binaries for all of them. So only the
# last stage runs on the target platform: docker buildx build --platform linux/amd64,linux/arm64 .

FROM --platform=$BUILDPLATFORM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image already has Node (--omit=optional), and no package needs an install script.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM --platform=$BUILDPLATFORM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=optional --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY commands commands
RUN npm run build

FROM node:24-bookworm-slim
WORKDIR /app
COPY LICENSE package.json ./
COPY data/meaning data/meaning
COPY data/sample data/sample
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
# SQLite writes large sorts to temporary files, and the container can write only to /data.
# Each thread would keep freed memory for itself otherwise.
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2 \
    DATA_DIR=/data \
    SQLITE_TMPDIR=/data \
    HTTP_PORT=9464
# The image's user "node", as a number, so that an orchestrator can verify that it is not root.
RUN install --directory --owner=1000 --group=1000 --mode=0700 /data
USER 1000:1000
VOLUME /data
EXPOSE 9464
HEALTHCHECK --interval=30s --timeout=10s --start-period=2m CMD ["node", "dist/src/cli/main.js", "health"]
ENTRYPOINT ["node", "--enable-source-maps", "dist/src/cli/main.js"]
CMD ["start"]
