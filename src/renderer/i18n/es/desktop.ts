/** Words for what only the installed app says. */
export const desktop = {
  'desktop.token.sealed': 'El acceso está sellado por el almacén de claves de este sistema.',
  'desktop.token.file':
    'Este sistema no tiene almacén de claves: el acceso está en un archivo que solo este usuario puede leer. Quien tenga este equipo puede usarlo; si se pierde, revóquelo en el servidor.',
  'desktop.update':
    'La versión {{version}} ya está aquí y se instalará en un momento tranquilo, nunca durante el servicio.',
};
