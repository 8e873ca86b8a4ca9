// Maps with Leaflet. Nothing is asked of the tiles' server before a click; each page makes sense without.
(() => {
  "use strict";
  const START = [46.2, 6.2];
  let wasShown = false;

  const makeMap = (frame) => {
    const canvas = frame.querySelector(".map-canvas");
    canvas.hidden = false;
    frame.querySelector(".map-ask").hidden = true;
    const map = L.map(canvas, { scrollWheelZoom: false, worldCopyJump: true }).setView(START, 7);
    map.attributionControl.setPrefix(false);
    if (frame.dataset.tiles) L.tileLayer(frame.dataset.tiles, { attribution: frame.dataset.attribution, maxZoom: 18 }).addTo(map);
    return map;
  };

  const say = (frame, text) => {
    const notice = document.createElement("p");
    notice.className = "notice notice-warning";
    notice.setAttribute("role", "alert");
    notice.textContent = text;
    frame.append(notice);
  };

  // Names come from people: they are set as text, never as HTML.
  const described = (cell, many) => {
    const box = document.createElement("div");
    if (cell.n > 1) {
      const count = document.createElement("strong");
      count.textContent = `${cell.n} ${many}`;
      box.append(count);
    }
    const list = document.createElement("ul");
    list.className = "plain-list";
    cell.who.forEach((one) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = one.url;
      link.textContent = one.name;
      item.append(link);
      list.append(item);
    });
    if (cell.n > cell.who.length && cell.who.length) {
      const rest = document.createElement("li");
      rest.textContent = "…";
      list.append(rest);
    }
    box.append(list);
    return box;
  };

  const showPoints = async (frame) => {
    wasShown = true;
    try {
      const answer = await fetch(frame.dataset.points, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const { cells } = await answer.json();
      const map = makeMap(frame);
      const points = cells.map((cell) => {
        const point = L.circleMarker([cell.lat, cell.lon], {
          radius: Math.min(28, 6 + 3 * Math.log2(cell.n)), weight: 1.5, color: "#14453f", fillColor: "#1c5d55", fillOpacity: 0.75,
        });
        point.bindPopup(described(cell, frame.dataset.many));
        if (cell.n > 1) point.bindTooltip(String(cell.n), { permanent: true, direction: "center", className: "map-count" });
        return point.addTo(map);
      });
      if (points.length) map.fitBounds(L.featureGroup(points).getBounds(), { maxZoom: 10, padding: [24, 24] });
    } catch {
      say(frame, frame.dataset.failed);
    }
  };

  const showPin = (frame) => {
    try {
      const [latitude, longitude] = ["id_latitude", "id_longitude"].map((id) => document.getElementById(id));
      const map = makeMap(frame);
      const read = () => [parseFloat(latitude.value), parseFloat(longitude.value)];
      const pin = L.circleMarker(START, { radius: 10, weight: 2, color: "#14453f", fillColor: "#1c5d55", fillOpacity: 0.8 }).addTo(map);
      const follow = (moveMap) => {
        const here = read();
        if (here.some(Number.isNaN)) return;
        pin.setLatLng(here);
        if (moveMap) map.setView(here, 9);
      };
      map.on("click", ({ latlng }) => {
        const here = latlng.wrap();
        latitude.value = here.lat.toFixed(5);
        longitude.value = here.lng.toFixed(5);
        follow(false);
      });
      [latitude, longitude].forEach((input) => input.addEventListener("change", () => follow(true)));
      follow(true);
    } catch {
      say(frame, frame.dataset.failed);
    }
  };

  const prepare = () => {
    document.querySelectorAll("[data-map], [data-pin]").forEach((frame) => {
      const button = frame.querySelector("[data-show-map]");
      const show = () => (frame.matches("[data-map]") ? showPoints(frame) : showPin(frame));
      button.hidden = false;
      button.addEventListener("click", show);
      if (wasShown && frame.matches("[data-map]")) show();
    });
  };
  document.addEventListener("htmx:afterSwap", prepare);
  prepare();
})();
