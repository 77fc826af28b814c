# The plain server of server/main.ts. Not built where the project is developed, which has no Docker engine.
FROM node:24-slim AS build
WORKDIR /src
COPY . .
# Builds the bundle and prepares the fonts, which takes a minute once.
RUN npm ci --omit=dev && npm run build

FROM node:24-slim
WORKDIR /app
COPY --from=build /src/dist/server ./
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps PORT=8080
USER node
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# As process 1 node gets SIGTERM itself, and ends when the requests under way are answered.
CMD ["node", "index.mjs"]
