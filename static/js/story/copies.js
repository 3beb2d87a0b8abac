/* What was typed, on this device, so that it outlives a browser that is killed. localStorage would not: it is written
   to the disk seconds later. A copy goes as soon as the server has acknowledged its text. */
const life = crypto.randomUUID(); // of this page: two tabs never write over one another
const lock = (id) => `desk-copy-${id}`;

// Held while this page lives: its copy is nobody's leftover.
navigator.locks?.request(lock(life), () => new Promise(() => {}));

const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open("desk", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("copies", { keyPath: "id" });
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function act(mode, what) {
  const database = await opened;
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("copies", mode, { durability: "strict" });
    const request = what(transaction.objectStore("copies"));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const put = (copy) => act("readwrite", (store) => store.put({ ...copy, id: life }));

export const remove = (id = life) => act("readwrite", (store) => store.delete(id));

/* The copies of this person that no open page looks after. */
export async function leftovers(user) {
  const [copies, locks] = await Promise.all([act("readonly", (store) => store.getAll()), navigator.locks?.query()]);
  const living = new Set(locks?.held.map(({ name }) => name));
  return copies.filter((copy) => copy.user === user && copy.id !== life && !living.has(lock(copy.id)));
}
